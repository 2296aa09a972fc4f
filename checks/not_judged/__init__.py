"""What no check judges: one table, from which pages and reports tell how far READY reaches.

A row leaves it with the check that judges it: its id may stand in one place alone, and a test says so.
"""

from __future__ import annotations

from checks.not_judged.never import NEVER
from checks.not_judged.of_hosts import YET as OF_HOSTS
from checks.not_judged.of_replication import YET as OF_REPLICATION

NOT_JUDGED = (*OF_HOSTS, *OF_REPLICATION, *NEVER)
