import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * The folder of a build of the sources as they are, or undefined where it failed. Each state of the sources has a build
 * of its own, so that a new build takes nothing from a running server.
 */
export async function build() {
  const builds = path.join('.next', 'builds');
  const name = hashSources();
  const directory = path.join(builds, name);
  const done = path.join(directory, 'jobwright-complete');
  if (!fs.existsSync(done)) {
    fs.mkdirSync(builds, { recursive: true });
    const lockFile = path.join(builds, `${name}.lock`);
    const unlock = await lock(lockFile, done);
    const isBuilt = fs.existsSync(done) || (await runBuild(directory, lockFile));
    if (isBuilt) {
      fs.mkdirSync(directory, { recursive: true });
      fs.writeFileSync(done, '');
    }
    unlock();
    if (!isBuilt) return undefined;
  }
  use(builds, name);
  return directory;
}

function hashSources() {
  // The key goes into the build: the ids of the actions are made with it.
  const actionKey = process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ?? '';
  const hash = createHash('sha256').update(process.version).update(`\0${actionKey}\0`);
  const isSource = (file) => !/\.test\.tsx?$/.test(file);
  const files = fs
    .readdirSync('.', { withFileTypes: true })
    .filter((entry) => entry.isFile() && /^package.*\.json$|^tsconfig\.json$|\.(ts|js|mjs)$/.test(entry.name))
    .map((entry) => entry.name)
    .filter((file) => file !== 'next-env.d.ts');
  for (const folder of ['app', 'components', 'lib', 'public']) {
    if (!fs.existsSync(folder)) continue;
    for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) files.push(path.join(entry.parentPath, entry.name));
    }
  }
  for (const file of files.filter(isSource).sort()) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(file));
  }
  return hash.digest('hex').slice(0, 16);
}

/** One process builds, others wait for it; a lock whose owner has died is taken over. */
async function lock(file, done) {
  for (let isFirst = true; ; isFirst = false) {
    try {
      fs.writeFileSync(file, String(process.pid), { flag: 'wx' });
      // Another waiter may have taken this new lock for the abandoned one it was about to remove.
      await pause(100);
      if (Number(readOrEmpty(file)) === process.pid) return () => fs.rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (fs.existsSync(done)) return () => {};
    const owners = readOrEmpty(file).split(' ').map(Number).filter(Boolean);
    const isAbandoned = owners.length > 0 ? !owners.some(isAlive) : ageMs(file) > 5000;
    if (isAbandoned) fs.rmSync(file, { force: true });
    else if (isFirst) console.log('Another start of Jobwright is building; waiting for it.');
    await pause(isAbandoned ? Math.random() * 200 : 300);
  }
}

async function runBuild(directory, lockFile) {
  console.log('Building Jobwright; this takes about a minute.');
  const next = path.join('node_modules', 'next', 'dist', 'bin', 'next');
  // "compile" leaves out what needs TypeScript installed and prerendering: with a nonce every page is dynamic.
  const child = spawn(process.execPath, [next, 'build', '--experimental-build-mode', 'compile'], {
    env: { ...process.env, JOBWRIGHT_BUILD: directory, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // Where this process is killed, the build goes on: the lock holds as long as either lives.
  fs.writeFileSync(lockFile, `${process.pid} ${child.pid}`);
  const output = [];
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const forward = (signal) => child.kill(signal);
  process.on('SIGTERM', forward).on('SIGINT', forward);
  const code = await new Promise((resolve) =>
    child.on('close', (status, signal) => resolve(signal ?? status)),
  );
  process.off('SIGTERM', forward).off('SIGINT', forward);
  if (code !== 0) process.stderr.write(Buffer.concat(output));
  return code === 0;
}

/** Notes that this process serves the build, and removes builds that no living process serves. */
function use(builds, name) {
  try {
    fs.writeFileSync(path.join(builds, `${name}.${process.pid}.user`), '');
    const inUse = new Set([name]);
    for (const file of fs.readdirSync(builds)) {
      const [build, pid, kind] = file.split('.');
      if (kind === 'user' && isAlive(Number(pid))) inUse.add(build);
      else if (kind === 'user') fs.rmSync(path.join(builds, file), { force: true });
      if (pid === 'lock') inUse.add(build);
    }
    for (const file of fs.readdirSync(builds)) {
      if (!file.includes('.') && !inUse.has(file)) {
        fs.rmSync(path.join(builds, file), { recursive: true, force: true });
      }
    }
  } catch (error) {
    // A read-only checkout can still serve the build it has.
    if (error.code !== 'EROFS' && error.code !== 'EACCES') throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function readOrEmpty(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function ageMs(file) {
  try {
    return Date.now() - fs.statSync(file).mtimeMs;
  } catch {
    return 0;
  }
}
