"""导入台账 at the desk."""
