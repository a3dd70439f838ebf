"""Credentials in a text.

They are found by those detectors of the detect-secrets library that hardly ever cry wolf.
"""

import functools
import importlib
import re
from collections.abc import Iterator
from typing import Any

# Each detector with what every match of it contains, in small letters: most texts hold none of
# these, and looking for them is far cheaper than the patterns.
_DETECTORS = {
    "aws.AWSKeyDetector": ("akia", "asia", "abia", "acca", "a3t", "aws"),
    "azure_storage_key.AzureStorageKeyDetector": ("accountkey=",),
    "basic_auth.BasicAuthDetector": ("://",),
    "github_token.GitHubTokenDetector": ("ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    "gitlab_token.GitLabTokenDetector": (
        "glpat-", "gldt-", "glft-", "glsoat-", "glrt-", "gr1348941", "glcbt-", "glimt-", "glptt-",
        "glagent-", "gloas-",
    ),
    "jwt.JwtTokenDetector": ("eyj",),
    "mailchimp.MailchimpDetector": tuple(f"-us{digit}" for digit in range(1, 10)),
    "npm.NpmDetector": ("_authtoken",),
    "openai.OpenAIDetector": ("t3blbkfj",),
    "private_key.PrivateKeyDetector": ("private key",),
    "pypi_token.PypiTokenDetector": ("pypi-age",),
    "sendgrid.SendGridDetector": ("sg.",),
    "slack.SlackDetector": ("xox", "hooks.slack.com"),
    "square_oauth.SquareOAuthDetector": ("sq0csp-",),
    "stripe.StripeDetector": ("k_live_",),
}  # fmt: skip
# What examples and tests write where a credential would stand: no secret is lost with these.
_PLACEHOLDER = re.compile(
    r"example|sample|dummy|fake|placeholder|changeme|your[-_ ]?|xxx|\*\*\*|\.\.\.|[<>{}$%]"
    r"|^(?:user|username|name|pass|passwd|password|pw|pwd|secret|foo|bar|test|me|token|key|host|guest|root|admin)?\d*$",
    re.IGNORECASE,
)
_MIN_PASSWORD_CHARS = 6
# A key itself, not a mention of one: the armour's first line and a line of base64 after it.
_KEY_BLOCK = re.compile(
    r"PRIVATE KEY(?: BLOCK)?-----(?:\\n|\s|[\"'+,;])*(?:[\w-]+: [^\n]*\s+)*[A-Za-z0-9+/=]{40}"
)


def find_secret(text: str) -> str | None:
    """The kind of the first credential found in a text, or None."""
    small = text.lower()
    for detector, needles in _detectors():
        if any(needle in small for needle in needles):
            kind = str(detector.secret_type)
            if any(_is_real(kind, found, text) for found in _found(detector, text)):
                return kind
    return None


def _found(detector: Any, text: str) -> Iterator[str]:
    return (str(found) for found in detector.analyze_string(text))


def _is_real(kind: str, found: str, text: str) -> bool:
    if kind == "Private Key":
        return _KEY_BLOCK.search(text) is not None
    if kind == "Basic Auth Credentials" and len(found) < _MIN_PASSWORD_CHARS:
        return False
    return not _PLACEHOLDER.search(found)


@functools.cache
def _detectors() -> tuple[tuple[Any, tuple[str, ...]], ...]:
    made = []
    for name, needles in _DETECTORS.items():
        module, class_name = name.split(".")
        plugin = importlib.import_module(f"detect_secrets.plugins.{module}")
        made.append((getattr(plugin, class_name)(), needles))
    return tuple(made)
