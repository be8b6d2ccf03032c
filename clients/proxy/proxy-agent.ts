import type { Agent, RequestOptions } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { HttpProxy } from './http-proxy.ts';
import { openTunnel } from './tunnel.ts';

/**
 * Makes agents for https that go through the proxy, to every host that is not exempt from it. TLS, the
 * verification of names and the pool stay Node's own: only the socket below comes from the proxy.
 * `undefined` where there is no proxy.
 */
export function agentsThrough(proxy: HttpProxy | undefined): (() => Agent) | undefined {
  return proxy && (() => agentThrough(proxy));
}

function agentThrough(proxy: HttpProxy): Agent {
  const agent = new (process.getBuiltinModule('node:https').Agent)({
    keepAlive: true,
    // Said, so that NODE_TLS_REJECT_UNAUTHORIZED=0 does not undo it.
    rejectUnauthorized: true,
  });
  const connect: Connect = agent.createConnection.bind(agent);
  const destroy = agent.destroy.bind(agent);
  const asking = new AbortController();

  return Object.assign(agent, {
    createConnection(options: RequestOptions, done: Done) {
      const to = destinationOf(options);
      if (proxy.exempts(to.host, to.port)) return connect(options, done);
      openTunnel(proxy, to, asking.signal)
        .then((socket) => connect({ ...options, socket }))
        .then((socket) => done(null, socket), done);
      return undefined;
    },
    /** The pool does not know of tunnels that the proxy is still asked for. */
    destroy() {
      asking.abort();
      destroy();
    },
  });
}

/** `createConnection` of Node, which puts TLS on a socket that it is given. */
type Connect = (
  options: RequestOptions & { readonly socket?: Socket },
  done?: Done,
) => Duplex | null | undefined;

type Done = (error: Error | null, socket?: Duplex | null) => void;

function destinationOf({ host, port }: RequestOptions) {
  return { host: host ?? '', port: Number(port ?? 443) };
}
