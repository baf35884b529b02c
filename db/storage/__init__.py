"""Where a register is kept: schema, engine, transactions, the lookup index."""
