"""What is kept of audits: in SQLite, or in a PostgreSQL of one's own. Nothing else here imports a database's library.

``place`` says where it lies, ``form`` what it holds; ``opening`` opens it, ``store`` adds a run, ``reading`` gives what
is kept, and ``within`` bounds the time that is waited for it.
"""
