// nginx with one page on disk: the ceiling that the page cache is compared with.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { freePort, start } from "./process.mjs";

/** Serves `bytes` as `/page.html` from a folder of its own. */
export async function serveByNginx(folder, bytes) {
  mkdirSync(join(folder, "www"), { recursive: true });
  writeFileSync(join(folder, "www", "page.html"), bytes);
  const port = await freePort();
  // The workers must be able to read the folder, whoever started the bench.
  writeFileSync(
    join(folder, "nginx.conf"),
    `daemon off; user root; worker_processes auto; pid ${folder}/nginx.pid; error_log stderr warn;
events { worker_connections 1024; }
http {
  types { text/html html; }
  sendfile on; tcp_nopush on; keepalive_requests 100000000;
  access_log ${folder}/access.log;
  client_body_temp_path ${folder}/body; proxy_temp_path ${folder}/proxy; fastcgi_temp_path ${folder}/fastcgi;
  uwsgi_temp_path ${folder}/uwsgi; scgi_temp_path ${folder}/scgi;
  server { listen 127.0.0.1:${port}; root ${folder}/www; }
}
`,
  );
  const url = `http://127.0.0.1:${port}/page.html`;
  const program = await start("nginx", ["-e", "stderr", "-p", folder, "-c", join(folder, "nginx.conf")], {
    cwd: folder,
    ready: url,
  });
  return { ...program, url };
}
