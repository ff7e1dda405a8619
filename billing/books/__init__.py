"""Money as it is owed: whole fen, accounts, fees, invoices, payments, the ledger."""
