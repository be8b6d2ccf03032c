#!/usr/bin/env node
// An extension that prints every event. What else it does, its settings say.
'use strict';

const http = require('node:http');
const { basename } = require('node:path');

const {
  AWS_LAMBDA_RUNTIME_API: api,
  EXTENSION_EVENTS = 'INVOKE,SHUTDOWN',
  EXTENSION_INVOKE_DELAY_MS = '0',
  EXTENSION_EXIT_ON_INVOKE,
  EXTENSION_IGNORES_SHUTDOWN,
  EXTENSION_START_DELAY_MS = '0',
} = process.env;

function call(method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const url = `http://${api}/2020-01-01/extension/${path}`;
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      response.on('end', () => resolve({ ...response, body: text, headers: response.headers }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

const after = (ms) => new Promise((resolve) => setTimeout(resolve, Number(ms)));
const print = (value) => console.log(JSON.stringify(value));

async function main() {
  await after(EXTENSION_START_DELAY_MS);
  print({ variables: Object.keys(process.env).sort() });
  const registered = await call(
    'POST',
    'register',
    { 'Lambda-Extension-Name': basename(process.argv[1]) },
    JSON.stringify({ events: EXTENSION_EVENTS.split(',').filter(Boolean) }),
  );
  print({ registered: JSON.parse(registered.body) });
  const id = registered.headers['lambda-extension-identifier'] ?? '';
  for (;;) {
    const { body } = await call('GET', 'event/next', { 'Lambda-Extension-Identifier': id });
    const event = JSON.parse(body);
    print({ event, now: Date.now() });
    if (event.eventType === undefined) process.exit(3);
    if (event.eventType === 'INVOKE') {
      await after(EXTENSION_INVOKE_DELAY_MS);
      if (EXTENSION_EXIT_ON_INVOKE) process.exit(Number(EXTENSION_EXIT_ON_INVOKE));
    }
    if (event.eventType === 'SHUTDOWN') {
      if (EXTENSION_IGNORES_SHUTDOWN) await after(60_000);
      process.exit(0);
    }
  }
}

void main();
