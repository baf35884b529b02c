"""The commands, by what they are about; CONTRACT lists them."""
