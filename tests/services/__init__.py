"""Real servers for tests: PostgreSQL, Redis, ClamAV, SeaweedFS (S3) and nginx.

Nothing in the product exists only in production, so each of its outside parts is tested against the
real thing. `servers` starts one in a temporary folder on the loopback address and stops it again;
`fixtures` lends them to tests by name (`redis_url`, `clamav_url`, `storage_url`, `postgres_url`,
`nginx`), once for each test process. A test marked `service` may ask for any of them.

The one surprise: a server that is not installed skips its tests on a person's own machine and fails
them where `CI=true` is set.
"""
