import { pythonDriver } from './real-servers/drivers.ts';
import { type Messages, proveClient, useWorld } from './real-servers/prove-client.ts';

const world = useWorld();
const pymysql = pythonDriver('pymysql_client.py');
const sqlalchemy = pythonDriver('sqlalchemy_client.py');

const messages: Messages = {
  tokenRefused: /OperationalError: .*\(1045, "Access denied for user 'ledger_/,
  strangeCa: /OperationalError: .*certificate verify failed/,
  notEncrypted: /OperationalError: .*\(1045, "Access denied for user 'ledger_/,
  sendsInClear: true,
};

proveClient(
  'PyMySQL',
  world,
  {
    json: {
      open: (attempt) => pymysql(attempt, { input: attempt.text('json') }),
      named: 'by-program',
    },
  },
  messages,
);

proveClient(
  'SQLAlchemy with PyMySQL',
  world,
  {
    'json, do_connect event': {
      open: (attempt) => sqlalchemy(attempt, { way: 'json', input: attempt.text('json') }),
      named: 'by-program',
    },
  },
  messages,
);
