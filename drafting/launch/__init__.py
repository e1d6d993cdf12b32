"""The run command: from a fresh clone to a running house, and back to nothing left behind.

- Standard library only, apart from `stack` and what it imports, which run in the virtual
  environment. Nothing here imports the application: it starts it as other processes.
- Whatever is started is stopped, in reverse order, on every way out. What a killed run left
  behind, the next one ends by its recorded process ids.
- A refusal is one line that says what to do.
"""
