"""`make bench`: what a 200-page draft costs, on the machine it runs on."""
