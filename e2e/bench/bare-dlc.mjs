// The least that could stand in for the local DLC: `node bare-dlc.mjs <file>` appends each body to the file, has it on the
// disk, and answers; a GET is answered with the last lines of the file, for which it reads all of it.
import fs from 'node:fs';
import http from 'node:http';

const [, , name] = process.argv;
const file = fs.openSync(name, 'a', 0o600);
const server = http.createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  response.setHeader('Content-Type', 'application/json;charset=utf-8');
  if (request.method === 'GET') {
    const text = await fs.promises.readFile(name, 'utf8');
    return response.end(JSON.stringify({ Logs: text.trimEnd().split('\n').slice(-2_000) }));
  }
  fs.writeSync(file, Buffer.concat([...chunks, Buffer.from('\n')]));
  fs.fsyncSync(file);
  return response.end(JSON.stringify({ JobId: 'dlc0000000000000' }));
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`${JSON.stringify({ endpoint: `http://127.0.0.1:${server.address().port}` })}\n`),
);
process.stdin.resume().on('close', () => process.exit(0));
