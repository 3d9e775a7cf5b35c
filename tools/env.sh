# Sourced by the other scripts: where results lie and which node serves.
CARGO_TARGET_DIR=$(realpath -m "${CARGO_TARGET_DIR:-target}")
export CARGO_TARGET_DIR
export DINH_BUNDLE="${DINH_BUNDLE:-$CARGO_TARGET_DIR/bundle}"

# The plugin that shows vendors how it is done; `dinh plugin new` copies it, and no portal loads it.
export SAMPLE=example

# Node 20 is what playwright-core asks for; tools/setup.sh puts a newer one here where the system's is older.
NODE_MAJOR_MIN=20
node_folder="$CARGO_TARGET_DIR/tools/node"
if [ -x "$node_folder/node" ]; then
  PATH="$node_folder:$PATH"
fi
export PATH

# Python packages of the tests; tools/setup.sh fills it.
python_folder="$CARGO_TARGET_DIR/tools/python"

# Prints the newest PostgreSQL program folder of at least version 14, or nothing.
postgres_programs() {
  local folder version best=0 found=""
  for folder in /usr/lib/postgresql/*/bin; do
    version=$(basename "$(dirname "$folder")")
    if [[ $version =~ ^[0-9]+$ && -x $folder/initdb ]] && ((version >= 14 && version > best)); then
      best=$version found=$folder
    fi
  done
  printf '%s\n' "$found"
}

# Prints the browser that the tests drive, or nothing.
chromium_program() {
  local name
  if [ -n "${CHROME_PATH:-}" ]; then
    printf '%s\n' "$CHROME_PATH"
    return
  fi
  for name in chromium chromium-browser google-chrome; do
    # Ubuntu's chromium-browser may be a stub that only asks for a snap: it counts when it runs.
    if command -v "$name" >/dev/null && "$name" --version >/dev/null 2>&1; then
      command -v "$name"
      return
    fi
  done
}

node_is_recent() {
  local major
  major=$(node --version 2>/dev/null | sed -nE 's/^v([0-9]+)\..*/\1/p')
  [ -n "$major" ] && ((major >= NODE_MAJOR_MIN))
}

# The name of the package in a folder.
package_of() { sed -nE 's/^name = "(.*)"/\1/p' "$1/Cargo.toml" | head -n 1; }

# Prints `-p NAME` for everything that is compiled to WebAssembly: plugins, and guests that tests load.
guest_packages() {
  local folder
  for folder in plugins/*/ sdk/guests/*/; do
    if [ -f "$folder/Cargo.toml" ]; then
      printf -- '-p %s\n' "$(package_of "$folder")"
    fi
  done
}
