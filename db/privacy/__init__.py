"""What is shown of persons to others."""
