"""What a Windows of another language calls its own things, as data.

From Microsoft's pages in the language and from output that people published: the groups, BUILTIN, the virtual machines'
group in French, and the texts of PowerShell. Marked with ``guess`` is what nobody was found to show. Japanese Windows
keeps most of its groups' English names. No verdict may follow from any of these texts.

Not of the language: states and start modes of services, names of firewall rules, error ids, and InstalledOn, which
WMI writes month first everywhere (PowerShell's own type data reads it so, since Windows 7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal, TypeVar

import msgspec

Code = Literal["en", "de", "fr", "it", "ja"]
T = TypeVar("T")


@dataclass(frozen=True)
class Language:
    """One language: its number in Win32_OperatingSystem.OSLanguage, and what it calls things by their English name."""

    number: int
    groups: dict[str, str] = field(default_factory=dict)
    """local groups and accounts that Windows brings, each without its authority"""
    builtin: str = "BUILTIN"
    virtual_machines: str = "Virtual Machines"
    """S-1-5-83-0; its authority is NT VIRTUAL MACHINE in every language that was seen"""
    things: dict[str, str] = field(default_factory=dict)
    """adapters, switches, groups of a cluster, services; of VMM its root of host groups and a state"""
    errors: dict[str, str] = field(default_factory=dict)
    """what is said for an error, by the first part of its id; "" for the others, <target> is what it is about"""

    def group(self, name: str) -> str:
        """A group or account that comes with Windows."""
        return self.groups.get(name, name)

    def thing(self, name: str) -> str:
        """What Windows names itself; a name that people gave stays."""
        found = re.fullmatch(r"(vEthernet \()?(.+?)( \d+)?(\))?", name)
        if name in self.things or found is None:
            return self.things.get(name, name)
        before, own, number, after = (part or "" for part in found.groups())
        return f"{before}{self.things.get(own, own)}{number}{after}"

    def account(self, name: str) -> str:
        """An account as a list of names shows it; SIDs and what is the domain's stay."""
        authority, _, own = name.rpartition("\\")
        if authority == "NT VIRTUAL MACHINE" and own == "Virtual Machines":
            return f"{authority}\\{self.virtual_machines}"
        return f"{self.builtin}\\{self.group(own)}" if authority == "BUILTIN" else name

    def message(self, head: str, target: str, said: str) -> str:
        """The text of an error."""
        text = self.errors.get(head, self.errors.get("", said))
        return text.replace("<target>", target)


ENGLISH = Language(1033)
GERMAN = Language(
    1031,
    groups={
        "Administrators": "Administratoren",
        "Power Users": "Hauptbenutzer",
        "Server Operators": "Server-Operatoren",
        "Print Operators": "Druck-Operatoren",
        "Hyper-V Administrators": "Hyper-V-Administratoren",
        "Remote Management Users": "Remoteverwaltungsbenutzer",
    },
    builtin="VORDEFINIERT",
    virtual_machines="Virtuelle Computer",  # guess
    things={
        "Default Switch": "Standardswitch",
        "Cluster Group": "Clustergruppe",
        "Available Storage": "Verfügbarer Speicher",
        "vmms": "Hyper-V-Verwaltung virtueller Computer",  # guess
        "All Hosts": "Alle Hosts",
        "Responding": "Reagiert",  # guesses
    },
    errors={
        "HRESULT 0x80041003": "Zugriff verweigert ",
        "HRESULT 0x8004100e": "Ungültiger Namespace ",
        "HRESULT 0x80041010": "Ungültige Klasse ",
        "CommandNotFoundException": (
            'Die Benennung "<target>" wurde nicht als Name eines Cmdlet, einer Funktion, einer Skriptdatei oder eines'
            " ausführbaren Programms erkannt."
        ),
        "PathNotFound": 'Der Pfad "<target>" kann nicht gefunden werden, da er nicht vorhanden ist.',
        "": "Fehler: <target>",
    },
)
FRENCH = Language(
    1036,
    groups={
        "Administrators": "Administrateurs",
        "Administrator": "Administrateur",
        "Power Users": "Utilisateurs avec pouvoir",
        "Server Operators": "Opérateurs de serveur",
        "Print Operators": "Opérateurs d'impression",
        "Hyper-V Administrators": "Administrateurs Hyper-V",
        "Remote Management Users": "Utilisateurs de gestion à distance",
    },
    virtual_machines="Machines virtuelles",
    things={
        "Default Switch": "Commutateur par défaut",  # guess
        "Cluster Group": "Groupe du cluster",  # guess
        "Available Storage": "Stockage disponible",
        "vmms": "Gestion d'ordinateur virtuel Hyper-V",  # guess
        "All Hosts": "Tous les hôtes",
        "Responding": "Répond",  # guesses
    },
    errors={
        "HRESULT 0x80041003": "Accès refusé ",
        "HRESULT 0x8004100e": "Espace de noms non valide ",
        "HRESULT 0x80041010": "Classe non valide ",
        "CommandNotFoundException": (
            "Le terme «<target>» n'est pas reconnu comme nom d'applet de commande, fonction, fichier de script ou"
            " programme exécutable."
        ),
        "PathNotFound": "Impossible de trouver le chemin d'accès «<target>», car il n'existe pas.",
        "": "Erreur : <target>",
    },
)
ITALIAN = Language(
    1040,
    groups={
        "Hyper-V Administrators": "Amministratori Hyper-V",
        "Remote Management Users": "Utenti gestione remota",
    },
    virtual_machines="Macchine virtuali",  # guess
    things={
        "Default Switch": "Switch predefinito",  # guess
        "Cluster Group": "Gruppo cluster",  # guess
        "Available Storage": "Spazio di archiviazione disponibile",  # guess
        "vmms": "Gestione macchine virtuali Hyper-V",  # guess
        "All Hosts": "Tutti gli host",
        "Responding": "Risponde",  # guesses
    },
    errors={
        "HRESULT 0x80041003": "Accesso negato ",
        "HRESULT 0x8004100e": "Spazio dei nomi non valido ",
        "HRESULT 0x80041010": "Classe non valida ",
        "CommandNotFoundException": "Termine '<target>' non riconosciuto come nome di cmdlet, funzione, programma.",
        "PathNotFound": "Impossibile trovare il percorso '<target>' perché non esiste.",
        "": "Errore: <target>",
    },
)
JAPANESE = Language(
    1041,
    groups={
        "Remote Management Users": "リモート管理ユーザー"
    },  # Microsoft's page; real hosts may keep the English name
    virtual_machines="仮想マシン",  # guess
    things={
        "Ethernet": "イーサネット",
        "Default Switch": "既定のスイッチ",  # guess
        "Cluster Group": "クラスター グループ",  # guess
        "Available Storage": "使用可能記憶域",  # guess
        "vmms": "Hyper-V 仮想マシン管理",  # guess
        "All Hosts": "すべてのホスト",
        "Responding": "応答あり",  # guesses
    },
    errors={
        "HRESULT 0x80041003": "アクセスが拒否されました ",
        "HRESULT 0x8004100e": "無効な名前空間です ",
        "HRESULT 0x80041010": "無効なクラスです ",
        "CommandNotFoundException": (
            "用語 '<target>' は、コマンドレット、関数、スクリプト ファイル、"
            "または操作可能なプログラムの名前として認識されません。"
        ),
        "PathNotFound": "パス '<target>' が存在しないため検出できません。",
        "": "エラー: <target>",
    },
)
LANGUAGES: dict[str, Language] = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "it": ITALIAN, "ja": JAPANESE}


def named(part: T, language: Language, *fields: str) -> T:
    """A part of a machine whose names, of what Windows names itself, are the language's."""
    changed = {name: _renamed(getattr(part, name), language) for name in fields}
    return msgspec.structs.replace(part, **changed)  # pyright: ignore[reportArgumentType, reportReturnType]


def _renamed(value: str | list[str] | None, language: Language) -> str | list[str] | None:
    if value is None or isinstance(value, str):
        return language.thing(value) if value else value
    return [language.thing(name) for name in value]
