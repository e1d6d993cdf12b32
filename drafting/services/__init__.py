"""Use cases: one module a noun, one public function a use case, one transaction each.

Lock, check, decide, write, record, publish on commit. Every function takes its actor.
"""
