"""The whole register as plain files that need no program of ours."""
