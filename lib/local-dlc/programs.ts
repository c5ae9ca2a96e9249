import { chmodSync, mkdirSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { replaceFile } from './durable-file';
import { isProgram } from './find-shell';

/** Small programs that pods and preparations call, written anew at every start. */
export type Programs = { pythonFolder: string; rshAgent: string; askPass: string; gitConfig: string };

const python = `#!/bin/sh
exec python3 "$@"
`;

/** mpirun calls it with a host and a command: every host is this machine. */
const rshAgent = `#!/bin/sh
shift
exec /bin/sh -c "$*"
`;

/** git asks in the name of the host it is about to tell, which a redirect may have changed. */
const askPass = `#!/bin/sh
case $1 in
  *"://$DLC_GIT_HOST'"* | *"@$DLC_GIT_HOST'"*) ;;
  *) exit 1 ;;
esac
case $1 in
  Username*) printf '%s\\n' "$DLC_GIT_USERNAME" ;;
  *) printf '%s\\n' "$DLC_GIT_TOKEN" ;;
esac
`;

/** All that git reads of settings: a registered repository may belong to another user. */
const gitConfig = `[safe]
\tdirectory = *
[core]
\thooksPath = /dev/null
`;

export function writePrograms(dataDir: string): Programs {
  const folder = join(dataDir, 'programs');
  const pythonFolder = join(folder, 'python');
  mkdirSync(pythonFolder, { recursive: true, mode: 0o700 });
  const write = (path: string, text: string): string => {
    replaceFile(path, text);
    chmodSync(path, 0o700);
    return path;
  };
  write(join(pythonFolder, 'python'), python);
  return {
    pythonFolder,
    rshAgent: write(join(folder, 'rsh-agent'), rshAgent),
    askPass: write(join(folder, 'ask-pass'), askPass),
    gitConfig: write(join(folder, 'git-config'), gitConfig),
  };
}

/** The first program of a name among the folders of a PATH. */
export function findProgram(name: string, path: string): string | undefined {
  const candidates = path.split(delimiter).filter(isAbsolute);
  return candidates.map((folder) => join(folder, name)).find(isProgram);
}
