#!/bin/sh
# Runs Debian's Wine with the addresses of its memory fixed, for itself and everything it starts.
#
# wine64 is linked to 0x7d000000, and the kernel puts its heap anywhere in the gigabyte above: about once in 2,000 starts
# over 0x7ffe0000, where Windows has a page of its own (KUSER_SHARED_DATA). Such a process ends before it says a word.
# Wine's preloader would keep that place free; Debian's package has none.
if setarch --addr-no-randomize true 2>/dev/null; then
  exec setarch --addr-no-randomize /usr/lib/wine/wine64 "$@"
fi
# A container may forbid it.
exec /usr/lib/wine/wine64 "$@"
