"""Signed notes, checkpoints and proof files (c2sp.org/signed-note, /tlog-checkpoint, /tlog-proof).

A note is text with Ed25519 signatures below it; a checkpoint is a note that says how many leaves the
log has and which root stands above them; a `.tlog-proof` file carries one leaf's way up to that root.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from sunshine.kernel import merkle

ED25519 = b"\x01"
KEY_ID_BYTES = 4
MOST_SIGNATURES = 64  # the format asks for at least 16; a limit keeps a hostile note small
PROOF_HEADER = "c2sp.org/tlog-proof@v1"

_MARK = "— "
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")


class BadNote(ValueError):
    """A note, key, checkpoint or proof file that is malformed or not signed by the key that is trusted."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line below a note."""

    name: str
    key_id: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """Text, ending in a newline, and its signatures, none of them checked yet."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What the log says of itself: its name, how many leaves it has, and the root above them."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True, slots=True)
class TlogProof:
    """A proof file: a leaf's place, the hashes up to the root, and the signed checkpoint as it stood."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes | None = None


# --- keys ---------------------------------------------------------------------------------------


class Verifier:
    """A public key with the name it signs under."""

    def __init__(self, name: str, public_key: bytes) -> None:
        _check_name(name)
        self.name = name
        self.public_key = public_key
        self.key_id = _key_id(name, public_key)
        self._key = Ed25519PublicKey.from_public_bytes(public_key)

    @classmethod
    def parse(cls, line: str) -> Verifier:
        """Return the verifier that a `name+id+key` line describes.

        :raises BadNote: it is malformed, or its id is not the id of its key
        """
        parts = line.strip().split("+", 2)
        if len(parts) != 3:
            raise BadNote("a verifier key reads name+id+key")
        name, key_id, encoded = parts
        key = _decode(encoded, "verifier key")
        if key[:1] != ED25519 or len(key) != 33:
            raise BadNote("the verifier key is not an Ed25519 key")
        verifier = cls(name, key[1:])
        if verifier.key_id.hex() != key_id:
            raise BadNote(f"the verifier key's id is {verifier.key_id.hex()}, not {key_id}")
        return verifier

    @property
    def line(self) -> str:
        """The key as one line, without its end."""
        return f"{self.name}+{self.key_id.hex()}+{_encode(ED25519 + self.public_key)}"

    def holds(self, text: str, signature: Signature) -> bool:
        """Answer whether the signature is this key's over the text."""
        try:
            self._key.verify(signature.data, text.encode())
        except InvalidSignature:
            return False
        return True


class Signer:
    """A private key with the name it signs under."""

    def __init__(self, name: str, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.verifier = Verifier(name, key.public_key().public_bytes_raw())

    @classmethod
    def generate(cls, name: str) -> Signer:
        """Return a signer with a fresh key."""
        return cls(name, Ed25519PrivateKey.generate())

    @classmethod
    def from_pem(cls, name: str, pem: bytes) -> Signer:
        """Return the signer whose key `to_pem` wrote.

        :raises BadNote: the file holds no Ed25519 private key
        """
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError) as error:
            raise BadNote(f"not a private key: {error}") from error
        if not isinstance(key, Ed25519PrivateKey):
            raise BadNote("the private key is not an Ed25519 key")
        return cls(name, key)

    def to_pem(self) -> bytes:
        """Return the private key as PKCS #8 PEM, not encrypted: only its owner may read the file."""
        return self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    @property
    def name(self) -> str:
        return self.verifier.name

    @property
    def verifier_key(self) -> str:
        """The public half as one line, without its end."""
        return self.verifier.line

    def signature(self, text: str) -> Signature:
        """Return this key's signature over a text."""
        return Signature(self.name, self.verifier.key_id, self._key.sign(text.encode()))


# --- notes --------------------------------------------------------------------------------------


def sign(text: str, *signers: Signer) -> str:
    """Return the text with the signatures of all signers below it.

    :raises BadNote: the text does not end in a newline, or holds control characters
    """
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote("a note's text ends in a newline and holds no other control character")
    return text + "\n" + "".join(_line(signer.signature(text)) for signer in signers)


def parse(signed: str) -> Note:
    """Return a note's text and signatures; nothing is verified yet.

    :raises BadNote: it is not in the form of a signed note
    """
    cut = signed.rfind("\n\n")
    if cut < 0 or not signed.endswith("\n") or _CONTROL.search(signed):
        raise BadNote("not a signed note: text, an empty line and signatures are expected")
    lines = signed[cut + 2 : -1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise BadNote(f"more than {MOST_SIGNATURES} signatures")
    return Note(signed[: cut + 1], tuple(_signature(line) for line in lines))


def verify(signed: str, *trusted: Verifier) -> str:
    """Return the text of a note that a trusted key signed; signatures of unknown keys are ignored.

    :raises BadNote: malformed, signed by none of these keys, or a signature of one of them is wrong
    """
    note = parse(signed)
    known = {(verifier.name, verifier.key_id): verifier for verifier in trusted}
    found = [(known[key], mark) for mark in note.signatures if (key := (mark.name, mark.key_id)) in known]
    if not found:
        raise BadNote(f"not signed by {', '.join(verifier.name for verifier in trusted)}")
    for verifier, mark in found:
        if not verifier.holds(note.text, mark):
            raise BadNote(f"the signature of {verifier.name} is not genuine")
    return note.text


def _line(signature: Signature) -> str:
    return f"{_MARK}{signature.name} {_encode(signature.key_id + signature.data)}\n"


def _signature(line: str) -> Signature:
    name, _, encoded = line.removeprefix(_MARK).partition(" ")
    if not line.startswith(_MARK):
        raise BadNote("a signature line begins with a dash and a space")
    _check_name(name)
    data = _decode(encoded, "signature")
    if len(data) <= KEY_ID_BYTES:
        raise BadNote("a signature is longer than its key id")
    return Signature(name, data[:KEY_ID_BYTES], data[KEY_ID_BYTES:])


# --- checkpoints --------------------------------------------------------------------------------


def checkpoint(origin: str, size: int, root: bytes) -> str:
    """Return the text of a checkpoint, to be signed.

    :raises BadNote: an empty origin, a negative size, or a root that is no hash
    """
    text = f"{origin}\n{size}\n{_encode(root)}\n"
    if parse_checkpoint(text) != Checkpoint(origin, size, root):
        raise BadNote("the origin must be one line")
    return text


def parse_checkpoint(text: str) -> Checkpoint:
    """Return what a checkpoint's text says; extension lines are allowed and mean nothing to us.

    :raises BadNote: it is not the text of a checkpoint
    """
    lines = text.split("\n")
    if len(lines) < 4 or lines.pop() or not all(lines):
        raise BadNote("a checkpoint has a line each for origin, size and root")
    root = _decode(lines[2], "root")
    if not _NUMBER.fullmatch(lines[1]) or len(root) != merkle.HASH_BYTES:
        raise BadNote("a checkpoint's size is a number and its root a SHA-256 hash")
    return Checkpoint(lines[0], int(lines[1]), root)


def verify_checkpoint(signed: str, verifier: Verifier) -> Checkpoint:
    """Return what a signed checkpoint says; the log signs under its own name.

    :raises BadNote: malformed, not signed by this key, or of another log
    """
    head = parse_checkpoint(verify(signed, verifier))
    if head.origin != verifier.name:
        raise BadNote(f"a checkpoint of {head.origin}, not of {verifier.name}")
    return head


# --- proof files --------------------------------------------------------------------------------


def tlog_proof(*, index: int, hashes: Sequence[bytes], checkpoint: str, extra: bytes | None = None) -> str:
    """Return a `.tlog-proof` file; `checkpoint` is the signed one, `extra` is authenticated by nobody."""
    head = [PROOF_HEADER]
    if extra is not None:
        head.append(f"extra {_encode(extra)}")
    head.append(f"index {index}")
    return "\n".join([*head, *(_encode(part) for part in hashes), "", checkpoint])


def parse_tlog_proof(text: str) -> TlogProof:
    """Return what a proof file says; nothing is verified yet.

    :raises BadNote: it is not in the form of a proof file
    """
    top, _, signed = text.partition("\n\n")
    lines = top.split("\n")
    if lines.pop(0) != PROOF_HEADER:
        raise BadNote(f"a proof file begins with {PROOF_HEADER}")
    extra = None
    if lines and lines[0].startswith("extra "):
        extra = _decode(lines.pop(0).removeprefix("extra "), "extra data")
    word, _, number = lines.pop(0).partition(" ") if lines else ("", "", "")
    if word != "index" or not _NUMBER.fullmatch(number):
        raise BadNote("a proof file names the index of its leaf")
    return TlogProof(int(number), tuple(_decode(line, "hash") for line in lines), signed, extra)


def verify_tlog_proof(text: str, leaf: bytes, verifier: Verifier) -> Checkpoint:
    """Return the checkpoint under which a leaf hash is proven to stand, at the index the file names.

    :raises BadNote: malformed, not signed by this key, or the proof does not lead to the root
    """
    proof = parse_tlog_proof(text)
    head = verify_checkpoint(proof.checkpoint, verifier)
    if not merkle.verify_inclusion(
        leaf=leaf, index=proof.index, size=head.size, proof=proof.hashes, root=head.root
    ):
        raise BadNote("the proof does not lead from the entry to the root")
    return head


# --- small parts --------------------------------------------------------------------------------


def _key_id(name: str, public_key: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + ED25519 + public_key).digest()[:KEY_ID_BYTES]


def _check_name(name: str) -> None:
    if not name or "+" in name or any(letter.isspace() for letter in name) or _CONTROL.search(name):
        raise BadNote(f"{name!r} is no key name: it may hold no space and no plus")


def _encode(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _decode(text: str, what: str) -> bytes:
    """Return the bytes of base64 text that is written in the one way there is."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise BadNote(f"the {what} is not base64") from error
    if _encode(data) != text:  # spare bits at the end would let two texts mean the same
        raise BadNote(f"the {what} is not base64 as everybody writes it")
    return data
