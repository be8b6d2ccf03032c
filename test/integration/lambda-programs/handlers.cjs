// Functions for the emulator to call.
'use strict';

const { writeFileSync } = require('node:fs');
const http = require('node:http');

const after = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let calls = 0;

/** Says what it was given, and how often this process was called. */
exports.echo = async (event, context) => {
  calls += 1;
  return { event, calls, pid: process.pid, requestId: context.awsRequestId };
};

exports.fail = async () => {
  throw new RangeError('as asked');
};

exports.exit = async (event) => process.exit(event.code ?? 1);

/** Waits as long as it is told to, then says how many others waited at the same time. */
let together = 0;
exports.wait = async (event) => {
  together += 1;
  await after(event.ms ?? 0);
  const seen = together;
  return { seen };
};

/** Counts on in the background, into the file that the event names. */
exports.tick = async (event) => {
  let count = 0;
  setInterval(() => {
    count += 1;
    writeFileSync(event.file, String(count));
  }, 10);
  return 'ticking';
};

exports.environment = async () => process.env;

exports.clock = async () => ({ date: Date.now(), monotonic: performance.now() });

exports.credentials = () =>
  new Promise((resolve, reject) => {
    const { AWS_CONTAINER_CREDENTIALS_FULL_URI: url, AWS_CONTAINER_AUTHORIZATION_TOKEN: token } =
      process.env;
    http
      .get(url, { headers: { authorization: token } }, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve(JSON.parse(text)));
      })
      .on('error', reject);
  });
