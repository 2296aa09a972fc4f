"""Each language calls the things of the field what its readers call them, everywhere (docs/terms.md)."""

from __future__ import annotations

import re

import pytest

from docs import messages
from scanner.words.catalogue_file import read

FILES = {file.parent.parent.name: file for file in messages.catalogues()}
TERMS = {
    "live migration": (
        "livemigration",
        "migrations? (dynamique|à chaud)",
        "migrazion[ei] in tempo reale",
        "ライブ マイグレーション",
    ),
    "checkpoint": ("prüfpunkt", "points? de contrôle", "checkpoint", "チェックポイント"),
    "configuration version": (
        "konfigurationsversion",
        "versions? de configuration",
        "version[ei] di configurazione",
        "構成バージョン",
    ),
    "domain controller": (
        "domänencontroller",
        "contrôleurs? de domaine",
        "controller di dominio",
        "ドメイン コントローラー",
    ),
    "certificate": ("zertifi[kz]", "certificat", "certificat", "証明書|certificates"),
    "private key": ("private[nrms]? schlüssel", "clés? privées?", "chiav[ei] privat[ae]", "秘密キー"),
    "delegation": ("delegier", "délég", "deleg", "委任"),
    "computer account": ("computerkont", "comptes? d'ordinateur", "account computer", "コンピューター アカウント"),
    "virtual switch": (
        "virtuelle[nrms]? switch",
        "commutateurs? virtuels?",
        "commutator[ei] virtual[ei]",
        "仮想スイッチ",
    ),
    "virtual disk": (
        "virtuelle[nr]? festplatte",
        "disques? (durs? )?virtuels?",
        "disc(o|hi) (rigid[io] )?virtual[ei]",
        "仮想(ハード )?ディスク",
    ),
    "registration key": ("registrierungsschlüssel", "clés? d'inscription", "chiav[ei] di registrazione", "登録キー"),
    "vault": ("tresor", "coffre", "credenziali|chiave di registrazione", "コンテナー"),
    "storage classification": (
        "speicherklassifizierung",
        "classifications? de stockage",
        "classificazion[ei] di archiviazione",
        "記憶域の分類",
    ),
    "recovery point": ("wiederherstellungspunkt", "points? de récupération", "punt[oi] di ripristino", "回復ポイント"),
    "host group": ("hostgruppe", "groupes? d'hôtes|groupes? hôtes?", "grupp[oi] host", "ホスト グループ"),
    "logical network": ("logische[nrms]? netz", "réseaux? logiques?", "ret[ei] logic", "論理ネットワーク"),
    "replica broker": (
        "replikatbroker|replica broker",
        "broker",
        "gestor[ei]|replica broker",
        "レプリカ ブローカー|replica broker",
    ),
    "waiver": ("ausnahme", "dérogat", "derog", "例外"),
    "finding": ("befund", "constat", "risultat", "検出事項"),
}
"""The English term, and what of it stands in every form of the word: German, French, Italian, Japanese."""
SAME = re.compile(r"`[^`]*`|\"[^\"]*\"|\{[^}]*\}|%\(\w+\)s")
"""What stays as it is: code, what is quoted, values."""


def strays(code: str, term: str) -> list[str]:
    """The translations of messages that hold a term, in which it is called something else."""
    wanted = re.compile(TERMS[term][("de", "fr", "it", "ja").index(code)], re.IGNORECASE)
    english = re.compile(rf"(?<![\w-]){term}(e?s)?(?![\w-])", re.IGNORECASE)
    said = read(FILES[code].read_text(encoding="utf-8"))
    held = {one: forms for (_, one), forms in said.items() if english.search(SAME.sub("", one))}
    assert held, "no message holds it"
    return [f"{one} -> {form}" for one, forms in held.items() for form in forms if not wanted.search(form)]


@pytest.mark.parametrize("term", TERMS)
@pytest.mark.parametrize("code", ["de", "fr", "it", "ja"])
def test_a_thing_has_one_name(code, term):
    assert strays(code, term) == []
