<?php
function ask(string $arguments, array $files = []): string {
  $payload = "$arguments::file start::" . implode("::file start::", array_map(fn($name, $content) => "$name::file content::$content::file end::", array_keys($files), $files));
  $farm = stream_socket_client("tcp://127.0.0.1:8568"); fwrite($farm, 41 + strlen($payload) . "|" . sha1($payload) . "|$payload");
  return explode("|", stream_get_contents($farm), 3)[2];
}
