// The least that Node can answer with: the same bytes to whoever asks, without a look at the request. Its
// argument is a JSON file with the answer's `headers` and `body`; prints its port.
'use strict';

const { readFileSync, writeSync } = require('node:fs');
const { createServer } = require('node:http');

const { headers, body } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const server = createServer((_request, response) => {
  response.writeHead(200, headers);
  response.end(body);
});

server.listen(0, '127.0.0.1', () => writeSync(1, String(server.address().port)));
