"""Who may use whom: the folders of docs/ARCHITECTURE.md as data. The longest matching path decides."""

# Our own headers: folder (or file) -> what it may include besides itself, as path prefixes from the top.
# moderation/verdict.hpp alone is the judge's answer; moderation/ is the judge.
OURS = {
    "moderation/": [],
    "server/core/": [],
    "server/texts/": ["server/core/", "server/protocol/"],
    "server/protocol/": ["server/core/"],
    "server/store/": ["server/core/"],
    "server/identity/": ["server/core/", "server/store/store.hpp"],
    "server/rooms/": ["server/core/", "server/protocol/", "server/store/store.hpp", "moderation/verdict.hpp",
                      "moderation/drift/drift.hpp"],
    "server/review/": ["server/core/", "server/protocol/", "server/store/store.hpp", "moderation/verdict.hpp"],
    "server/remote/": ["server/core/", "server/protocol/json_text.hpp", "server/store/store.hpp", "server/identity/token.hpp",
                       "server/rooms/gateway.hpp", "server/review/"],
    "server/session/": ["server/core/", "server/texts/", "server/protocol/", "server/store/store.hpp",
                        "server/identity/", "server/rooms/", "server/review/", "moderation/"],
    "server/api/": ["server/core/", "server/texts/", "server/protocol/", "server/store/store.hpp",
                    "server/identity/", "server/rooms/", "server/review/", "server/session/", "moderation/"],
    "server/ops/": ["server/core/"],
    "server/net/": ["server/core/", "server/protocol/", "server/ops/", "server/session/", "server/api/http.hpp"],
    "server/app/": ["server/", "moderation/"],
    "server/main.cpp": ["server/", "moderation/"],
}

# Outside libraries: what an include begins with -> the only paths that may include it (fnmatch patterns), and in how
# many source files at most: "one file knows the library".
LIBRARIES = {
    "boost/beast": (["server/net/*.cpp", "server/net/transport.hpp"], None),
    "boost/asio": (["server/net/*", "server/ops/*", "server/store/redis/*"], None),
    "boost/json": (["server/*", "moderation/command.cpp", "moderation/evaluation/*.cpp"], None),
    "boost/url": (["server/net/*", "server/api/*", "server/store/redis/endpoint.cpp"], None),
    "boost/system": (["server/*"], None),
    "hiredis/": (["server/store/redis/connection.cpp"], 1),
    "sqlite3.h": (["server/store/sqlite/database.cpp", "server/store/sqlite/gathered_log.cpp"], None),
    "openssl/": (["server/net/*"], None),
    "openssl/evp.h": (["server/net/*", "server/store/sha256.cpp", "moderation/rules/pack_reader.cpp"], None),  # SHA-256
    "sodium": (["server/identity/*"], None),
    "hs": (["moderation/signals/*.cpp"], 1),
    "unicode/": (["moderation/text/*.cpp", "server/identity/names.cpp"], None),
    "toml++": (["moderation/*.cpp", "moderation/rules/toml_fields.hpp", "server/texts/*.cpp", "server/app/config_file.cpp"], None),
    "CLI/": (["server/app/command_line.cpp"], 1),
    "spdlog/": (["server/ops/*.cpp"], None),
    "fmt/": (["server/*", "moderation/*"], None),
    "prometheus/": (["server/ops/*"], None),
    "linear.h": (["moderation/tools/train/linear.cpp"], 1),  # LIBLINEAR: training alone
    "curl/": (["server/remote/classifier.cpp"], 1),
    "zlib.h": (["server/net/*.cpp"], 1),
}

# The operating system's headers: only where the machine is met.
SYSTEM = ["server/net/*", "server/ops/*", "server/store/*", "server/app/*", "server/main.cpp",
          "moderation/learned/model.cpp"]  # a memory map
