"""A Synapse module that stops classification markings and sensitive data before they are stored.

The package is a host: it hands each event to the Tamis module (WebAssembly) and carries out what the
module decides. It must not know any rule, nor what makes a room public: that is in the module, the
same one that the command line and the benches run. In `homeserver.yaml`:

    modules:
      - module: synapse_tamis.Tamis
        config:
          policy: /etc/tamis/policy.toml
"""

from synapse_tamis.module import Tamis

__all__ = ["Tamis"]
