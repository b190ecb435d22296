#!/bin/sh
# Makes the template letter.odt from its readable source letter.fodt.
set -eu
cd "$(dirname -- "$0")"
profile=$(mktemp -d)
trap 'rm -rf "$profile"' EXIT
soffice --headless "-env:UserInstallation=file://$profile" --convert-to odt letter.fodt
