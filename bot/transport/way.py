"""The way of a call: its address, its proxy, whom it trusts, and whether it may be repeated."""

import ssl
from dataclasses import dataclass
from functools import cache
from urllib.request import getproxies, proxy_bypass

import certifi
from yarl import URL

REPEATABLE = ("get", "set", "edit", "delete", "answer")  # how the names of such methods begin


@dataclass(frozen=True)
class Way:
    """``repeatable``: the method does the same however often it is called."""

    address: URL
    proxy: str | None
    ssl: ssl.SSLContext | bool
    repeatable: bool


class UnusableProxy(ValueError):
    """The environment names a proxy of a kind that cannot be used; the message says which."""


def way_to(url: str) -> Way:
    """The way to ``url`` as the environment has it (HTTPS_PROXY, HTTP_PROXY, ALL_PROXY, NO_PROXY).

    Raises:
        UnusableProxy: it leads through a proxy that is none of HTTP.
    """
    address = URL(url, encoded=True)
    return Way(
        address,
        proxy_for(address),
        _trusted() if address.scheme == "https" else True,
        address.name.startswith(REPEATABLE),
    )


def proxy_for(address: URL) -> str | None:
    """The proxy to ``address``, or None where the way is straight.

    Raises:
        UnusableProxy: it is none of HTTP.
    """
    if proxy_bypass(f"{address.host}:{address.port}"):
        return None
    named = getproxies()
    proxy = named.get(address.scheme) or named.get("all")
    if not proxy:
        return None
    scheme, separator, _ = proxy.partition("://")
    if separator and scheme.lower() not in ("http", "https"):
        name = f"{address.scheme.upper()}_PROXY" if named.get(address.scheme) else "ALL_PROXY"
        raise UnusableProxy(f"{name} must begin with http://; no other proxies are supported")
    return proxy if separator else f"http://{proxy}"


@cache
def _trusted() -> ssl.SSLContext:
    """The system's authorities; where it has none (Python from python.org on a Mac), certifi's."""
    context = ssl.create_default_context()
    if not context.cert_store_stats()["x509_ca"]:
        context.load_verify_locations(certifi.where())
    return context
