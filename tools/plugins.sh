#!/usr/bin/env bash
# Compiles every plugin to a WebAssembly component and lays the bundle out:
#   $CARGO_TARGET_DIR/bundle/plugins/<id>/   the plugin's declaration and plugin.wasm
#   $CARGO_TARGET_DIR/bundle/samples/<id>/   the same for plugins that show how it is done: no portal loads them
#   $CARGO_TARGET_DIR/bundle/vendor/         what `dinh plugin new` makes a plugin from: a sample, the SDK, versions
#   $CARGO_TARGET_DIR/bundle/themes/dinh/    the theme and its text face, in assets/fonts
# Guests that the tests of the sandbox load stay in $CARGO_TARGET_DIR/wasm32-wasip2/plugin.
# The bundle is replaced only when something in it changed.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/env.sh

wasm="$CARGO_TARGET_DIR/wasm32-wasip2/plugin"
next="$DINH_BUNDLE.next"
# Names of packages hold no spaces, so the words of the list are its arguments.
# shellcheck disable=SC2046
cargo build --locked --target wasm32-wasip2 --profile plugin $(guest_packages)

rm -rf "$next"
for folder in plugins/*/; do
  id=$(basename "$folder")
  place="$next/plugins/$id"
  if [ "$id" = "$SAMPLE" ]; then
    place="$next/samples/$id"
  fi
  mkdir -p "$place"
  for part in plugin.toml README.md compliance.toml collections lists templates locales imports fixtures cases assets search; do
    if [ -e "$folder/$part" ]; then
      cp -r "$folder/$part" "$place/"
    fi
  done
  # A section that is declared whole has no code.
  if [ -f "$folder/Cargo.toml" ]; then
    package=$(package_of "$folder")
    cp "$wasm/${package//-/_}.wasm" "$place/plugin.wasm"
  fi
done

mkdir -p "$next/vendor/sdk"
cp -r "plugins/$SAMPLE" "$next/vendor/plugin"
cp -r sdk/Cargo.toml sdk/README.md sdk/CHANGELOG.md sdk/ci sdk/src sdk/wit "$next/vendor/sdk/"
cp Cargo.toml Cargo.lock "$next/vendor/"

mkdir -p "$next/themes"
cp -r themes/dinh "$next/themes/dinh"
cp -r search "$next/search"
# These two hold all of Vietnamese; a letter of another language falls back to the reader's own serif face.
fonts="$next/themes/dinh/assets/fonts"
mkdir -p "$fonts"
for subset in latin vietnamese; do
  for face in 400-normal 700-normal; do
    cp "node_modules/@fontsource/tinos/files/tinos-$subset-$face.woff2" "$fonts/"
  done
done
cp node_modules/@fontsource/tinos/LICENSE "$fonts/LICENSE-tinos.txt"

if diff -rq "$next" "$DINH_BUNDLE" >/dev/null 2>&1; then
  rm -rf "$next"
else
  rm -rf "$DINH_BUNDLE"
  mv "$next" "$DINH_BUNDLE"
fi
