"""What each command changes, and what it refuses; the lines of docs/unproven.md for it stand in ``rests_on.py``."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from checks.common.sddl import FULL, entries, granted
from lab import contract
from lab.remedy.carry import cure
from lab.remedy.command import COMMANDS
from lab.remedy.interpreter import run
from lab.remedy.scan import Scanner
from lab.remedy.world import World
from lab.windows.cmdlets.acl import folders
from lab.windows.machine import Machine
from lab.windows.machine.parts import Cluster, ClusterResource, Folder, Share, Vm, VmReplication
from lab.windows.machine.vmm import clouds
from scanner.facts.directory import TRUSTED_FOR_DELEGATION, TRUSTED_TO_AUTHENTICATE
from tests.remedies.estates import FAULTS, GOOD, KINDS, account, world_of

HV01, HV02, HV03, HV11 = "hv01.corp.example", "hv02.corp.example", "hv03.corp.example", "hv11.branch.example"
DN1, DN2 = "CN=HV01,OU=Hyper-V,DC=corp,DC=example", "CN=HV02,OU=Hyper-V,DC=corp,DC=example"
DN11 = "CN=HV11,OU=Hyper-V,DC=branch,DC=example"
LISTED = "msDS-AllowedToDelegateTo"
SERVICE = "Microsoft Virtual System Migration Service"


@pytest.fixture
def world() -> World:
    return world_of("good", GOOD)


def done(world: World, script: str) -> None:
    assert list(run(world, script)) == []


def refused(world: World, script: str) -> str:
    (said,) = run(world, script)
    return said


def break_(world: World, host: str, fault: str) -> None:
    FAULTS[fault](world, world.hosts[host])


# ---- clouds of VMM


def test_a_cloud_takes_a_profile(world):
    vmm = world.hosts["vmm01.corp.example"]
    bare = [replace(row, capability_profiles=["ESX Server"]) for row in vmm.machine.state.vmm.cloud]
    vmm.change("vmm", cloud=bare)
    own_id = str(next(clouds(vmm.machine))["ID"])
    cloud = f"Get-SCCloud -VMMServer vmm01.corp.example -ID '{own_id}'"
    profile = "Get-SCCapabilityProfile -VMMServer vmm01.corp.example -Name Hyper-V"
    add = f"Set-SCCloud -Cloud ({cloud}) -AddCapabilityProfile ({profile})"
    done(world, add)
    assert [row.capability_profiles for row in vmm.machine.state.vmm.cloud] == [
        ["ESX Server", "Hyper-V"],
        ["ESX Server"],
    ]
    assert "no cloud" in refused(world, add.replace(own_id, "0"))
    assert "no such profile" in refused(world, add.replace("Hyper-V", "KVM"))
    assert "of one VMM server" in refused(world, add.replace(f"({profile})", "Hyper-V"))
    assert "no VMM service" in refused(world, add.replace("vmm01.corp.example", HV01))


# ---- local groups and tools


def test_a_member_of_a_group(world):
    add = "Add-LocalGroupMember -SID S-1-5-32-578 -Member 'CORP\\hv-mover'"
    state = world.hosts[HV01].machine.state
    world.hosts[HV01].change(members=msgspec.structs.replace(state.members, hyper_v_administrators=[]))
    done(world, f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {add} }}")
    (member,) = world.hosts[HV01].machine.state.members.hyper_v_administrators
    assert member.sid.endswith("-5001")
    assert "already" in refused(world, f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {add} }}")
    nobody = add.replace("hv-mover", "nobody")
    assert "no domain" in refused(world, f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {nobody} }}")
    other = add.replace("-578", "-999")
    assert "no group" in refused(world, f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {other} }}")
    assert "on which machine" in refused(world, add)


def test_a_member_is_added_by_a_command_that_2012_r2_lacks(world):
    world.hosts[HV01].change(release="2012R2")
    world.hosts[HV01].machine = Machine(world.hosts[HV01].machine.state)
    add = "Add-LocalGroupMember -SID S-1-5-32-578 -Member 'CORP\\hv-mover'"
    assert "came with 2016" in refused(world, f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {add} }}")


def test_what_the_checks_print_for_an_operator_cures(world):
    host = world.hosts[HV01]
    host.change(members=msgspec.structs.replace(host.machine.state.members, hyper_v_administrators=[]))
    host.change("members", remote_management_users=[])
    problems = cure(world, Scanner(GOOD).judged)
    assert problems == [], "\n".join(map(str, problems))


def test_the_module_is_installed(world):
    for host in (HV01, HV02):
        world.hosts[host].change("faults", missing_module=["Hyper-V"])
    assert not world.hosts[HV01].machine.modules()
    done(world, f"Install-WindowsFeature -ComputerName '{HV01}' -Name Hyper-V-PowerShell")
    assert {name for name, _ in world.hosts[HV01].machine.modules()} == {"Hyper-V"}


# ---- what is no command


def test_what_the_contract_knows_is_known_alike():
    """The contract holds the commands that read; those that change are told by the modules' published reference."""
    both = [known for known in COMMANDS.values() if known.name in contract.load("cmdlets")]
    assert {known.name: known.parameters for known in both} == {
        "Get-VM": ("ComputerName", "Id", "Name"),
        "Measure-VMReplication": (),
        "Get-VMDvdDrive": ("VMName",),
        "Where-Object": ("Property", "EQ"),
        "Get-SCCloud": ("VMMServer", "ID"),
        "Get-SCCapabilityProfile": ("VMMServer", "Name"),
    }
    for known in both:
        one_set = known.parameters[:2]
        assert not contract.complaints(known.name, one_set, known.since)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("Set-Nothing -Name 'x'", "there is no command Set-Nothing"),
        (f"Enable-VMMigration -Computer '{HV01}'", "takes no -Computer"),
        ("Enable-VMMigration -ComputerName 'hv99.corp.example'", "no machine answers as hv99"),
        ("Enable-VMMigration", "on which machine"),
        (f"Add-VMMigrationNetwork -ComputerName '{HV01}'", "needs -Subnet"),
        (f"Add-VMMigrationNetwork -ComputerName '{HV01}' -Subnet 'your.network/24'", "placeholder"),
        (f"Add-Computer -ComputerName '{HV01}' -DomainName '<domain>'", "placeholder"),
        (f"Set-VMHost -ComputerName '{HV01}'", "changes nothing"),
        (f"Set-VMHost -ComputerName '{HV01}' -UseAnyNetworkForMigration 'no'", "neither $true nor $false"),
        (f"Set-VMHost -ComputerName '{HV01}' -VirtualMachineMigrationAuthenticationType NTLM", "none of CredSSP, Kerb"),
        ("Set-VMHost -ComputerName $host1 -UseAnyNetworkForMigration $true", "$host1 has no value"),
        ("Set-It 'open", "is not understood"),
    ],
)
def test_what_windows_would_not_take_is_refused(world, script, why):
    assert why in refused(world, script)


def test_a_host_answers_to_the_name_of_its_account(world):
    KINDS["disjoint suffix"](world, world.hosts[HV02])
    break_(world, HV02, "migration off")
    done(world, "Enable-VMMigration -ComputerName 'hv02.servers.example'")
    assert world.hosts[HV02].machine.state.migration.enabled


def test_words_are_nobodys_command(world):
    done(world, "Update the firmware of the destination.\n# then scan again")


def test_what_was_done_is_not_done_again(world):
    seen: set[str] = set()
    break_(world, HV01, "no network")
    line = f"Add-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.20.0.0/24'"
    assert list(run(world, line, seen)) == []
    assert list(run(world, line, seen)) == []
    assert "already" in refused(world, line)


def test_a_refusal_does_not_end_the_lines_behind_it(world):
    break_(world, HV01, "migration off")
    assert "no command" in refused(world, f"Set-Nothing\nEnable-VMMigration -ComputerName '{HV01}'")
    assert world.hosts[HV01].machine.state.migration.enabled


# ---- migration


def test_migration_enabled_listens(world):
    break_(world, HV02, "migration off")
    assert world.hosts[HV02].machine.migration_listeners() == []
    done(world, f"Enable-VMMigration -ComputerName '{HV02}'")
    assert world.hosts[HV02].machine.migration_listeners() == ["10.20.0.2"]


@pytest.mark.parametrize("end", ["server", "client"])
def test_multichannel_is_turned_on(world, end):
    host = world.hosts[HV01]
    host.change("smb", **{end: replace(getattr(host.machine.state.smb, end), multichannel=False)})
    command = f"Set-Smb{end.capitalize()}Configuration -CimSession '{HV01}'"
    assert "asks before it changes" in refused(world, f"{command} -EnableMultiChannel $true")
    assert "changes nothing" in refused(world, f"{command} -Force")
    done(world, f"{command} -EnableMultiChannel $true -Force")
    smb = world.hosts[HV01].machine.state.smb
    assert (smb.server.multichannel, smb.client.multichannel) == (True, True)


def test_hyper_v_answers_only_where_its_service_runs(world):
    break_(world, HV02, "vmms stopped")
    assert "does not run" in refused(world, f"Enable-VMMigration -ComputerName '{HV02}'")
    break_(world, HV02, "no role")
    assert "no Hyper-V" in refused(world, f"Enable-VMMigration -ComputerName '{HV02}'")


@pytest.mark.parametrize("subnet", ["10.99.0.0/24", "192.168.7.1"])
def test_a_network_without_an_address_is_harm(world, subnet):
    said = refused(world, f"Add-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '{subnet}'")
    assert said.startswith("harm: ")
    assert said == refused(world, f"Add-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '{subnet}'")


def test_the_last_network_stays(world):
    assert refused(world, f"Remove-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.20.0.0/24'").startswith("harm")
    done(world, f"Add-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.77.0.0/16'")
    done(world, f"Remove-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.20.0.0/24'")
    assert world.hosts[HV01].machine.migration_listeners() == ["10.77.11.1"]
    assert "does not list" in refused(world, f"Remove-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.20.0.0/24'")


def test_chosen_networks_alone_close_a_host_that_is_in_none(world):
    break_(world, HV01, "any network beside wrong ones")
    said = refused(world, f"Set-VMHost -ComputerName '{HV01}' -UseAnyNetworkForMigration $false")
    assert said.startswith("harm: ")
    assert "on no address" in said


def test_a_network_is_put_in_place_of_another(world):
    break_(world, HV01, "a wrong network")
    done(world, f"Set-VMMigrationNetwork -ComputerName '{HV01}' -Subnet '10.99.0.0/24' -NewSubnet '10.20.0.0/24'")
    assert world.hosts[HV01].machine.migration_listeners() == ["10.20.0.1"]


# ---- virtual machines


def update(host: str, name: str, comment: str = "  # irreversible; needs it off") -> str:
    return f"Get-VM -ComputerName '{host}' -Name '{name}' | Update-VMVersion -Confirm{comment}"


def test_a_version_is_raised_to_the_hosts_highest(world):
    done(world, update(HV01, "web-01"))
    assert world.hosts[HV01].machine.state.vm[0].version == "9.0"


def test_a_version_is_raised_since_2016_alone(world):
    assert "came with 2016" in refused(world, update(HV03, "legacy-01"))


def test_a_running_machine_keeps_its_version(world):
    assert "nobody was told" in refused(world, update(HV01, "web-01", ""))


def test_a_machine_that_is_not_there(world):
    assert "no virtual machine" in refused(world, update(HV01, "none"))


EJECT = (
    "Get-VM -ComputerName '{}' -Name 'web-01' | Get-VMDvdDrive | Where-Object Path -EQ '{}' | Set-VMDvdDrive -Path {}"
)


def test_an_image_is_taken_out_of_its_drive_and_no_other(world):
    break_(world, HV01, "an image in the drive")
    before = world.hosts[HV01].machine.state.vm
    assert before[0].dvd == r"D:\ISO\setup.iso"
    assert "no drive holds that" in refused(world, EJECT.format(HV01, r"D:\ISO\other.iso", "$null"))
    done(world, EJECT.format(HV01, r"d:\iso\SETUP.iso", "$null"))
    assert [vm.dvd for vm in world.hosts[HV01].machine.state.vm] == ["", *(vm.dvd for vm in before[1:])]
    assert "no drive holds that" in refused(world, EJECT.format(HV01, r"D:\ISO\setup.iso", "$null"))


def test_what_has_no_such_property_is_not_picked(world):
    assert "property size" in refused(
        world,
        f"Get-VM -ComputerName '{HV01}' | Get-VMDvdDrive | Where-Object Size -EQ '1' | Set-VMDvdDrive -Path $null",
    )
    assert "property path" in refused(world, f"Get-VM -ComputerName '{HV01}' | Where-Object Path -EQ 'x'")


# ---- services and the firewall


def sent(host: str, block: str) -> str:
    return f"Invoke-Command -ComputerName '{host}' -ScriptBlock {{ {block} }}"


def test_a_service_starts_unless_it_is_disabled(world):
    break_(world, HV02, "vmms disabled")
    assert "is disabled" in refused(world, sent(HV02, "Start-Service -Name vmms"))
    done(world, sent(HV02, "Set-Service -Name vmms -StartupType Automatic; Start-Service -Name vmms"))
    assert world.hosts[HV02].machine.running("vmms")


def test_a_start_registers_the_services_names(world):
    break_(world, HV02, "no name of the migration service")
    done(world, sent(HV02, "Restart-Service -Name vmms"))
    spns = account(world, world.hosts[HV02]).account.spns
    assert {f"{SERVICE}/HV02", f"{SERVICE}/{HV02}"} <= set(spns)


def test_a_name_that_another_account_holds_is_not_registered(world):
    break_(world, HV02, "no name of the migration service")
    other = account(world, world.hosts[HV03])
    world.directory.change(other, spns=(*other.account.spns, f"{SERVICE}/HV02"))
    done(world, sent(HV02, "Restart-Service -Name vmms"))
    assert f"{SERVICE}/HV02" not in account(world, world.hosts[HV02]).account.spns


def test_a_session_signs_in_nowhere_else(world):
    assert "nothing to sign in with" in refused(world, sent(HV01, f"Enable-VMMigration -ComputerName '{HV02}'"))
    assert "sent on" in refused(world, sent(HV01, sent(HV02, "Start-Service vmms")))


def test_a_rule_opens_its_port(world):
    break_(world, HV02, "6600 filtered")
    done(world, f"Enable-NetFirewallRule -CimSession '{HV02}' -Name 'VIRT-MIGL-In-TCP-NoScope'")
    assert (world.hosts[HV02].dropped, "migration" in world.hosts[HV02].machine.state.firewall.active) == (set(), True)
    break_(world, HV02, "replica port filtered")
    rule = "New-NetFirewallRule -CimSession 'hv02' -DisplayName 'R' -Direction Inbound -Protocol TCP -Action Allow"
    assert "no TCP port" in refused(world, rule)
    done(world, f"{rule} -LocalPort '8083'")
    assert world.hosts[HV02].dropped == set()


def test_a_rule_that_is_not_there_is_not_enabled(world):
    assert "no firewall rule" in refused(world, f"Enable-NetFirewallRule -CimSession '{HV02}' -Name 'X'")
    assert "no firewall rule" in refused(
        world, "Enable-NetFirewallRule -CimSession 'vmm01.corp.example' -Name 'VIRT-MIGL-In-TCP-NoScope'"
    )


def test_a_role_is_there_after_a_restart(world):
    break_(world, HV02, "no role")
    line = f"Install-WindowsFeature -ComputerName '{HV02}' -Name Hyper-V -IncludeManagementTools"
    assert "nobody restarts" in refused(world, line)
    done(world, f"{line} -Restart")
    assert world.hosts[HV02].machine.running("vmms")
    assert "has Hyper-V already" in refused(world, f"{line} -Restart")


# ---- replicas


def test_a_host_receives_replicas_as_it_is_told(world):
    break_(world, HV02, "replica off")
    line = f"Set-VMReplicationServer -ComputerName '{HV02}' -ReplicationEnabled $true -AllowedAuthenticationType"
    done(world, f"{line} Kerberos -KerberosAuthenticationPort 8090")
    replica = world.hosts[HV02].machine.state.replica
    assert (replica.enabled, replica.authentication, replica.port) == (True, "kerberos", 8090)
    assert "none is named" in refused(world, f"{line} Certificate")


def test_a_primary_more_is_taken(world):
    host = world.hosts[HV02]
    before = host.machine.state.replica.allow
    line = f"New-VMReplicationAuthorizationEntry -ComputerName '{HV02}' -AllowedPrimaryServer 'hv09.corp.example'"
    done(world, f"{line} -ReplicaStorageLocation 'D:\\Replica' -TrustGroup 'DEFAULT'")
    *kept, new = host.machine.state.replica.allow
    assert (kept, new.primary, new.folder, new.group) == (before, "hv09.corp.example", "D:\\Replica", "DEFAULT")
    assert "already" in refused(world, f"{line} -ReplicaStorageLocation 'D:\\Replica' -TrustGroup 'DEFAULT'")
    assert "TrustGroup" in refused(world, f"{line} -ReplicaStorageLocation 'D:\\Replica'")


@pytest.mark.parametrize(
    ("state", "switch", "then"),
    [
        ("Suspended", "", "Replicating"),
        ("ResynchronizationSuspended", "", "Resynchronizing"),
        ("WaitingToStartResynchronization", " -Resynchronize", "Resynchronizing"),
        ("WaitingToStartResynchronization", "", ""),
        ("Suspended", " -Resynchronize", ""),
        ("Replicating", "", ""),
    ],
)
def test_replication_that_stopped_goes_on(world, state, switch, then):
    host = world.hosts[HV01]
    host.change(vm=[Vm("r", replication=VmReplication(state=state, health="Critical")), Vm("alone")])
    line = f"Get-VM -ComputerName '{HV01}' -Name 'r' | Resume-VMReplication{switch}"
    if not then:
        assert f"is {state}" in refused(world, line)
        return
    done(world, line)
    said = host.machine.state.vm[0].replication
    assert (said.state, said.health) == (then, "Ok")
    assert "is not replicated" in refused(world, line.replace("'r'", "'alone'"))


def test_why_a_replication_stands_still_is_looked_at(world):
    host = world.hosts[HV01]
    vm = host.machine.state.vm[0]
    host.change(
        vm=[msgspec.structs.replace(vm, name="r", replication=VmReplication(state="Error")), *host.machine.state.vm]
    )
    before = host.machine.state
    done(world, f"Get-VM -ComputerName '{HV01}' -Name 'r' | Measure-VMReplication")
    assert host.machine.state is before
    assert "is not replicated" in refused(
        world, f"Get-VM -ComputerName '{HV01}' -Name '{vm.name}' | Measure-VMReplication"
    )


# ---- folders and shares


def test_a_folder_is_made(world):
    host = world.hosts[HV01]
    host.change(folder=[Folder("D:\\New\\Replica", missing=True)])
    make = "New-Item -ItemType Directory -Path 'D:\\New\\Replica'"
    line = f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {make} }}"
    assert "d:\\new\\replica" not in folders(host.machine)
    done(world, line)
    assert "d:\\new\\replica" in folders(host.machine)
    assert "already" in refused(world, line)
    assert "no drive" in refused(world, line.replace("D:", "Q:"))
    assert "folders alone" in refused(world, line.replace("Directory", "File"))


def test_a_right_on_a_share_is_added(world):
    host, sid = world.hosts[HV01], account(world, world.hosts[HV02]).account.sid
    host.change("smb", share=[Share("R", "D:\\R", "D:(A;;FA;;;BA)"), Share("S", "D:\\S", "D:(A;;FA;;;BA)")])
    line = f"Grant-SmbShareAccess -CimSession '{HV01}' -Name 'R' -AccountName 'CORP\\HV02$' -AccessRight Full"
    assert "asks before" in refused(world, line)
    done(world, f"{line} -Force")
    one, other = host.machine.state.smb.share
    assert (one.access, other.access) == (f"D:(A;;FA;;;BA)(A;;FA;;;{sid})", "D:(A;;FA;;;BA)")
    done(world, f"{line} -Force".replace("HV02$", "hv-mover").replace("Full", "Change"))
    assert "0x1301bf" in host.machine.state.smb.share[0].access
    assert "no share" in refused(world, f"{line} -Force".replace("'R'", "'Q'"))
    assert "nobody knows" in refused(world, f"{line} -Force".replace("HV02$", "nobody"))


def test_a_right_in_a_folder_is_added(world):
    host, sid = world.hosts[HV01], account(world, world.hosts[HV02]).account.sid
    folder = Folder("D:\\R", "D:PAI(A;OICI;FA;;;BA)")
    host.change(folder=[Folder("D:\\S"), folder])
    inner = f"icacls 'D:\\R' /grant '*{sid}:(OI)(CI)F'"
    line = f"Invoke-Command -ComputerName '{HV01}' -ScriptBlock {{ {inner} }}"
    is_he = {sid: True}.get
    assert granted(entries(folder.access, ""), FULL, is_he, below=True) is not True
    done(world, line)
    access = {one.path: one.access for one in host.machine.state.folder}
    assert access == {"D:\\S": Folder("").access, "D:\\R": f"{folder.access}(A;OICI;FA;;;{sid})"}
    assert granted(entries(access["D:\\R"], ""), FULL, is_he, below=True) is True
    done(world, line.replace(":(OI)(CI)F", ":(OI)(CI)M"))
    assert "0x1301bf" in host.machine.state.folder[1].access
    assert "no folder" in refused(world, line.replace("D:", "Q:"))
    assert "/grant alone" in refused(world, line.replace("/grant", "/deny"))
    assert "no SID with a right" in refused(world, line.replace("*S-1", "S-1"))
    assert "on which machine" in refused(world, inner)


# ---- the directory


def test_entries_are_added_once(world):
    before = account(world, world.hosts[HV01]).account.delegates_to
    done(world, f"Set-ADComputer -Identity '{DN1}' -Server 'corp.example' -Add @{{'{LISTED}' = 'cifs/X', 'CIFS/HV02'}}")
    assert account(world, world.hosts[HV01]).account.delegates_to == (*before, "cifs/X")
    done(world, f"Set-ADComputer -Identity 'HV01' -Remove @{{'{LISTED}' = 'cifs/x'}}")
    assert account(world, world.hosts[HV01]).account.delegates_to == before


def test_an_account_is_found_on_its_own_domain_alone(world):
    assert "no computer account" in refused(world, f"Set-ADComputer -Identity '{DN11}' -Clear 'x'")
    assert "no domain and no controller" in refused(world, f"Enable-ADAccount -Identity '{DN11}' -Server 'x.example'")


def test_the_list_of_principals_is_replaced(world):
    one = f"(Get-ADComputer -Identity '{DN1}' -Server 'corp.example')"
    two = f"(Get-ADComputer -Identity '{DN2}' -Server 'corp.example')"
    line = f"Set-ADComputer -Identity '{DN11}' -Server 'branch.example' -PrincipalsAllowedToDelegateToAccount"
    done(world, f"{line} {one}, {two}")
    assert len(account(world, world.hosts[HV11]).account.allowed_sids) == 2
    done(world, f"{line} {two}")
    found = account(world, world.hosts[HV11]).account
    assert (found.allowed_sids, found.denied_sids) == ((account(world, world.hosts[HV02]).account.sid,), ())
    assert "no computer account" in refused(world, f"{line} '{DN1}'"), "a name is looked up where the list is"


def test_an_attribute_is_cleared(world):
    assert "knows no attribute x" in refused(world, f"Set-ADComputer -Identity '{DN1}' -Clear 'x'")
    done(world, f"Set-ADComputer -Identity '{DN1}' -Clear 'msDS-AllowedToActOnBehalfOfOtherIdentity'")
    assert not account(world, world.hosts[HV01]).account.has_resource_delegation
    done(world, f"Set-ADComputer -Identity '{DN1}' -Clear '{LISTED}'")
    assert account(world, world.hosts[HV01]).account.delegates_to == ()


def test_the_list_is_read_and_written_again(world):
    ask = f"$there = (Get-ADComputer -Identity '{DN1}' -Properties PrincipalsAllowedToDelegateToAccount)"
    assert ".Nothing" in refused(world, f"{ask}.Nothing")
    write = f"Set-ADComputer -Identity '{DN2}' -PrincipalsAllowedToDelegateToAccount @($there)"
    done(world, f"$there = Get-ADComputer -Identity '{DN1}'\n{write}")
    assert account(world, world.hosts[HV02]).account.allowed_sids == (account(world, world.hosts[HV01]).account.sid,)


@pytest.mark.parametrize(
    ("kind", "switch"),
    [
        ("domain controller", "-TrustedForDelegation $false -TrustedToAuthForDelegation $true"),
        ("read-only domain controller", "-TrustedToAuthForDelegation $true"),
    ],
)
def test_a_controller_keeps_its_bits(world, kind, switch):
    KINDS[kind](world, world.hosts[HV01])
    before = account(world, world.hosts[HV01]).account.user_account_control
    assert refused(world, f"Set-ADAccountControl -Identity '{DN1}' {switch}").startswith("harm: ")
    assert account(world, world.hosts[HV01]).account.user_account_control == before


def test_bits_are_set_and_taken(world):
    break_(world, HV01, "delegates to any service")
    break_(world, HV01, "no protocol transition")
    done(
        world, f"Set-ADAccountControl -Identity '{DN1}' -TrustedForDelegation $false -TrustedToAuthForDelegation $true"
    )
    control = account(world, world.hosts[HV01]).account.user_account_control
    assert control & (TRUSTED_FOR_DELEGATION | TRUSTED_TO_AUTHENTICATE) == TRUSTED_TO_AUTHENTICATE
    break_(world, HV01, "disabled account")
    done(world, f"Enable-ADAccount -Identity '{DN1}'")
    assert account(world, world.hosts[HV01]).account.user_account_control == control


def test_a_service_name_is_unique(world):
    assert "duplicate" in refused(world, "setspn -S 'HOST/HV02' 'HV01$'")
    break_(world, HV01, "no short name of HOST")
    done(world, "setspn -S 'HOST/HV01' 'CORP\\HV01$'\nsetspn -L 'HV01$'")
    assert "HOST/HV01" in account(world, world.hosts[HV01]).account.spns
    assert "no computer account" in refused(world, "setspn -S 'HOST/HV11' 'HV11$'"), "asked in the operator's domain"
    done(world, "setspn -D 'HOST/HV11' 'BRANCH\\HV11$'")


def test_a_controller_catches_up(world):
    break_(world, HV01, "a controller lags")
    assert "knows /syncall alone" in refused(world, "repadmin /showrepl 'dc2.corp.example'")
    assert "pushes" in refused(world, "repadmin /syncall 'dc2.corp.example' /AdeP")
    assert "is no controller" in refused(world, "repadmin /syncall 'corp.example' /Ade")
    done(world, "repadmin /syncall 'dc2.corp.example' /Ade")
    assert world.directory.lag == {}


def test_a_trust_that_exists_is_not_added(world):
    assert "already" in refused(world, "netdom trust 'corp.example' '/domain:branch.example' /add /twoway")
    assert "was read" in refused(world, "netdom trust 'corp.example' '/domain:other.example' /add /twoway")


def test_a_person_does_what_the_note_asks_for(world):
    break_(world, HV02, "no role")
    line = f"Install-WindowsFeature -ComputerName '{HV02}' -Name Hyper-V"
    assert list(run(world, line, note="it is there after a restart of the host")) == []
    assert world.hosts[HV02].machine.running("vmms")


# ---- clusters


def test_a_resource_of_a_cluster(world):
    broker = ClusterResource("Broker", "Virtual Machine Replication Broker", "HVR", "Failed")
    name = ClusterResource("Name", "Network Name", "HVR", "Offline")
    other = ClusterResource("Disk", "Physical Disk", state="Offline")
    for host in (HV01, HV02):
        world.hosts[host].change(cluster=Cluster("CL1", ["hv01", "hv02"], resource=[broker, name, other]))
    done(world, f"Start-ClusterResource -Cluster '{HV01}' -Name 'Broker'")
    for host in (HV01, HV02):
        cluster = world.hosts[host].machine.state.cluster
        assert cluster is not None
        assert [one.state for one in cluster.resource] == ["Online", "Online", "Offline"]
    assert "no resource Gone" in refused(world, f"Start-ClusterResource -Cluster '{HV01}' -Name 'Gone'")
    assert "no node of a cluster" in refused(world, f"Start-ClusterResource -Cluster '{HV03}' -Name 'Broker'")
