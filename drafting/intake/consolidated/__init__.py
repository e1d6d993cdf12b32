"""Reading a consolidated draft: the paper of an ad hoc group, beside its base.

`read_consolidated` is all that other rooms need; `read.py` tells the steps.
"""

from drafting.intake.consolidated.read import read_consolidated

__all__ = ["read_consolidated"]
