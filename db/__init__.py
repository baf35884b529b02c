"""The register: keeps cases and counts them. Knows no screen and no paper."""
