"""今日: what is due, late, waited for; charts."""
