// A runtime with a function that does nothing. As little as there can be of both: what the extension adds is to
// be seen beside them.
'use strict';

const { request } = require('node:http');

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;

function call(method, path, body = '') {
  return new Promise((resolve, reject) => {
    request(`${api}/${path}`, { method, agent: false }, (incoming) => {
      incoming.resume().on('end', () => resolve(incoming.headers));
    })
      .on('error', reject)
      .end(body);
  });
}

async function serve() {
  for (;;) {
    const headers = await call('GET', 'next');
    await call('POST', `${headers['lambda-runtime-aws-request-id']}/response`, 'null');
  }
}

serve().catch(() => process.exit(1));
