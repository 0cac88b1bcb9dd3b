import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DebianSource } from "./corpus.ts";

const INDEX_LIFETIME_MS = 7 * 24 * 3600 * 1000;

/** The suites asked where a source names none; security updates of a source package hold the same test files. */
const SUITES = "bookworm bookworm-updates";

/**
 * Fetches test files out of Debian source packages. Everything of apt's is kept in a folder of its own, so no file of
 * the system changes and root is not needed; apt checks the archive's signature and the files' hashes.
 */
export function debianSources(cache: string): (source: DebianSource) => string {
  const indexes = new Map<string, readonly string[] | Error>();
  return (source) => {
    const folder = join(cache, source.package);
    const wanted = JSON.stringify(source.paths);
    const marker = join(folder, ".paths.json");
    if (existsSync(marker) && readFileSync(marker, "utf8") === wanted) return folder;
    // Where the archive cannot be reached, it is tried once and not for every package.
    const suites = source.suite ?? SUITES;
    const state = join(cache, source.suite === undefined ? ".apt" : `.apt-${source.suite}`);
    const index = indexes.get(suites) ?? tryUpdateIndex(state, suites);
    indexes.set(suites, index);
    if (index instanceof Error) throw index;
    fetch(source, folder, index);
    writeFileSync(marker, wanted);
    return folder;
  };
}

function tryUpdateIndex(state: string, suites: string): readonly string[] | Error {
  try {
    return updateIndex(state, suites);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** apt's options for a state of its own; brings the index of source packages up to date when it is a week old. */
function updateIndex(state: string, suites: string): readonly string[] {
  for (const folder of ["lists/partial", "cache/archives/partial", "parts"]) {
    mkdirSync(join(state, folder), { recursive: true });
  }
  writeFileSync(join(state, "parts/debian.sources"), sourcesList(suites));
  const options = Object.entries({
    "Dir::Etc::sourcelist": "/dev/null",
    "Dir::Etc::sourceparts": join(state, "parts"),
    "Dir::State": state,
    "Dir::State::lists": join(state, "lists"),
    "Dir::State::status": "/var/lib/dpkg/status",
    "Dir::Cache": join(state, "cache"),
    "Acquire::Languages": "none",
    "Acquire::Retries": "2",
    "Acquire::http::Timeout": "20",
    // The sandbox user could not write into the project's folder.
    "APT::Sandbox::User": "",
  }).flatMap(([name, value]) => ["-o", `${name}=${value}`]);

  const marker = join(state, "updated");
  const updated = existsSync(marker) ? Number(readFileSync(marker, "utf8")) : 0;
  if (Date.now() - updated > INDEX_LIFETIME_MS) {
    run("apt-get", [...options, "--error-on=any", "--quiet", "update"], state);
    writeFileSync(marker, String(Date.now()));
  }
  return options;
}

/** The mirror that the system itself uses, asked for source packages. */
function sourcesList(suites: string): string {
  const known = ["/etc/apt/sources.list.d/debian.sources", "/etc/apt/sources.list"];
  const text = known.map((path) => (existsSync(path) ? readFileSync(path, "utf8") : "")).join("\n");
  const mirror = [...text.matchAll(/https?:\/\/[^\s"']+/g)]
    .map(([uri]) => uri)
    .find((uri) => !uri.includes("security") && !uri.includes("snapshot"));
  return [
    "Types: deb-src",
    `URIs: ${mirror ?? "http://deb.debian.org/debian"}`,
    `Suites: ${suites}`,
    "Components: main",
    "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
    "",
  ].join("\n");
}

function fetch(source: DebianSource, folder: string, aptOptions: readonly string[]): void {
  const download = `${folder}.download`;
  rmSync(download, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(download, "tree"), { recursive: true });
  run("apt-get", [...aptOptions, "--quiet", "source", "--download-only", "--tar-only", source.package], download);
  const tarballs = readdirSync(download).filter((name) => /\.orig\.tar\.(gz|bz2|xz)$/.test(name));
  const [tarball] = tarballs;
  if (tarball === undefined) throw new Error(`${source.package} has no orig.tar`);
  const patterns = source.paths.map((path) => `*/${path}`);
  const unpack = ["--strip-components=1", "--no-same-owner", "--wildcards", "-C", "tree", ...patterns];
  run("tar", ["-xf", tarball, ...unpack], download);
  renameSync(join(download, "tree"), folder);
  rmSync(download, { recursive: true, force: true });
}

function run(program: string, words: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(program, words, { cwd, encoding: "utf8", timeout: 300_000 });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program}: ${stderr.trim().split("\n").at(0) ?? "failed"}`);
}
