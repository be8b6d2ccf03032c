// Preloaded into a function: the databases' names lead to this machine, as they do nowhere else.
'use strict';

const dns = require('node:dns');

const { lookup } = dns;

dns.lookup = (name, options, done) =>
  lookup(name.endsWith('.rds.amazonaws.com') ? '127.0.0.1' : name, options, done);
