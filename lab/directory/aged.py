#!/usr/bin/python3
"""Let the directory say that the delegation of computer accounts was last written some hours ago.

Runs with the system's Python and python3-samba inside the namespaces of a controller, on its database.

    aged.py HOURS NAME...
"""

from __future__ import annotations

import sys
import time

import ldb
import samba
from samba.auth import system_session
from samba.dcerpc import drsblobs
from samba.ndr import ndr_pack, ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB

ATTRIBUTES = {0x000906FB, 0x00090008, 0x00090886}
# msDS-AllowedToDelegateTo, userAccountControl, msDS-AllowedToActOnBehalfOfOtherIdentity
CHANGE_METADATA = "local_oid:1.3.6.1.4.1.7165.4.3.14:0"


def age(sam: SamDB, dn: str, hours: float) -> None:
    """Write the times of the three attributes of one object, and nothing else of it."""
    name = "replPropertyMetaData"
    (found,) = sam.search(dn, scope=ldb.SCOPE_BASE, attrs=[name])
    metadata = ndr_unpack(drsblobs.replPropertyMetaDataBlob, found[name][0])
    for one in metadata.ctr.array:
        if one.attid in ATTRIBUTES:
            number = sam.sequence_number(ldb.SEQ_NEXT)
            one.version += 1  # so that a replica takes it, too
            one.originating_usn = one.local_usn = number
            one.originating_change_time = samba.unix2nttime(int(time.time() - hours * 3600))
    message = ldb.Message(found.dn)
    message[name] = ldb.MessageElement(ndr_pack(metadata), ldb.FLAG_MOD_REPLACE, name)
    sam.modify(message, [CHANGE_METADATA])


def main() -> None:
    settings = LoadParm()
    settings.load_default()
    sam = SamDB(url=None, session_info=system_session(), lp=settings)
    for name in sys.argv[2:]:
        (found,) = sam.search(sam.domain_dn(), expression=f"(sAMAccountName={ldb.binary_encode(name)}$)", attrs=["cn"])
        age(sam, str(found.dn), float(sys.argv[1]))


if __name__ == "__main__":
    main()
