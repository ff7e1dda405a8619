"""The floor: database, scope, access matrix, people, firms, businesses, consent, outgoing messages."""
