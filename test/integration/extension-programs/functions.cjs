// Functions that ask the extension for tokens.
'use strict';

const http = require('node:http');

const {
  TOKENVEND_PORT: port,
  AWS_SESSION_TOKEN: sessionToken,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: containerToken,
  ASK_AT_TOP_LEVEL: asksAtTopLevel,
} = process.env;

const query = '/v1/tokens?database=orders&user=orders_app';

function ask(target) {
  const headers = { 'x-tokenvend-token': sessionToken || containerToken };
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, path: target, headers, agent: false }, (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (part) => {
          body += part;
        });
        response.on('end', () => {
          const { statusCode: status, headers: answered } = response;
          resolve({ status, headers: answered, body, tookMs: performance.now() - startedAt });
        });
      })
      .on('error', (error) => reject(new Error(error.code)));
  });
}

const first = asksAtTopLevel ? ask(query) : undefined;

/** What the question at module top level brought, which is asked before any invocation. */
exports.first = async () => first;

exports.token = async (event) => ask(event.target ?? query);
