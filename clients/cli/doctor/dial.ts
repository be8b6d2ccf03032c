import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import type { TunnelEnd } from '../../../core/connection/target.ts';
import type { VendAnswer } from '../../../core/vend-answer.ts';
import { systemCodeOf } from '../../agent/write-error.ts';
import { exitCodes } from '../exit-codes.ts';
import { type Finding, failed, ok, skipped } from './finding.ts';

/** Where a connection is really opened. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
}

/** The database's own address, or the near end of the tunnel to it. */
export function dialledOf({ database }: VendAnswer, via: TunnelEnd | undefined): Dialled {
  return via ?? { host: database.host, port: database.port };
}

/** Asks for a host's addresses as every program of this machine does. */
const systemLookup = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map(({ address }) => address);

/** Whether the host has an address. */
export async function checkDns(
  { database: { host } }: VendAnswer,
  via: TunnelEnd | undefined,
  addressesOf: (host: string) => Promise<readonly string[]> = systemLookup,
): Promise<Finding> {
  if (via !== undefined) return skipped('dns', `not asked: dialling ${via.host} (--via)`);
  try {
    return ok('dns', `${host} is ${(await addressesOf(host)).join(', ')}`);
  } catch (error) {
    const todo =
      'The name has no address here. Is the database still there, and does this network resolve the VPC’s names?';
    return failed('dns', `${host}: ${systemCodeOf(error) ?? 'no answer'}`, todo, exitCodes.usage);
  }
}

/** Whether something listens. */
export async function checkTcp(dialled: Dialled, timeoutMs: number): Promise<Finding> {
  const where = `${dialled.host}:${dialled.port}`;
  try {
    (await dial(dialled, timeoutMs)).destroy();
    return ok('tcp', `${where} accepts connections`);
  } catch (error) {
    const code = systemCodeOf(error) ?? 'ETIMEDOUT';
    return failed('tcp', `${where}: ${code}`, tcpAdvice.get(code) ?? noRoute, exitCodes.usage);
  }
}

const noRoute =
  'No answer: a security group, a route or a firewall drops it, or the tunnel is down.';
const tcpAdvice: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'Nothing listens there: is the port right, and the tunnel or the database up?'],
]);

/** A connected socket. Rejects with the system's error, or one of ours when time is up. */
export function dial({ host, port }: Dialled, timeoutMs: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.off('error', fail);
      resolve(socket);
    });
    socket.once('timeout', () => fail(new Error('no connection in time')));
    socket.once('error', fail);
  });
}
