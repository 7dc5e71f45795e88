"""Web Push for both sites: keys (RFC 8292), sealed messages (RFC 8291), addresses that may be sent to, and sending.

`keys.new_keys` / `keys.read_keys` → `PushKeys`; `notice.Notice(...).packed(topics=…)` → bytes;
`sending.send(targets, payload, keys=…, allowed=…)` yields an outcome for each target, in the caller's own thread.
It knows no site, no person and no framework. Docs: docs/explanation/push.md.
"""
