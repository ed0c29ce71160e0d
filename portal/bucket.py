"""Files in a bucket of the S3 kind: private, reached by signed addresses only."""

from typing import Any
from urllib.parse import urlsplit

from botocore.config import Config

MOST_IN_MEMORY = 5 * 1024 * 1024  # of a file that is read; the rest goes to a temporary file


def storage(name: str, endpoint: str, region: str, keys: tuple[str, str]) -> dict[str, Any]:
    """The store for ``STORAGES``; without an endpoint it is Amazon's, without keys the role's."""
    key_id, secret = keys
    style = {
        "addressing_style": "path" if endpoint else "virtual",
        "us_east_1_regional_endpoint": "regional",  # so that every region's origin looks alike
    }
    config = Config(
        signature_version="s3v4",
        s3=style,
        request_checksum_calculation="when_required",  # stores of other makers know none
        response_checksum_validation="when_required",
    )
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": name,
            "endpoint_url": endpoint or None,
            "region_name": region,
            "access_key": key_id or None,
            "secret_key": secret or None,
            "client_config": config,
            "default_acl": None,
            "max_memory_size": MOST_IN_MEMORY,
            "querystring_auth": True,
            "file_overwrite": False,
        },
    }


def origin(name: str, endpoint: str, region: str) -> str:
    """Where browsers send to, for the Content-Security-Policy."""
    if not endpoint:
        return f"https://{name}.s3.{region}.amazonaws.com"
    parts = urlsplit(endpoint)
    return f"{parts.scheme}://{parts.netloc}"
