/**
 * `tcp-transaction`: a request and its response over and over, as a monitoring tool does it: with a connection for each (`connect`,
 * curl in a loop) or over one that stays open (`keep`).
 *
 * One transaction follows the other: the next begins an interval after the last began, or when that ends later. What
 * is not acknowledged is sent again as TCP does (tcp.ts). When a transaction times out the tool drops its connection.
 */

import type { Handle } from '../kernel/queue.ts';
import { Route } from '../kernel/route.ts';
import type { Simulation } from '../kernel/simulation.ts';
import { SECOND_US } from '../kernel/time.ts';
import type { Endpoint } from '../network/endpoint.ts';
import { FLAG, FRAME, makeFrame, type Frame } from '../network/frame.ts';
import { OutageLog } from './outages.ts';
import type { ProbeLosses } from './probe.ts';
import { mostRepetitions, rtoUs, type TcpSettings } from './tcp.ts';
import type { Conversation, Traffic } from './traffic.ts';

export const TRANSACTION_EVENTS = ['transaction.begin', 'transaction.repeat', 'transaction.timeout'] as const;

export interface TransactionSettings {
  readonly name: string;
  readonly targetIp: number;
  readonly mode: 'connect' | 'keep';
  readonly intervalUs: number;
  readonly timeoutUs: number;
  readonly tcp: TcpSettings;
  /** The server's. */
  readonly port: number;
}

/** `sent`, `received` and `lost` are the transactions that were begun, completed and failed. */
export interface TransactionResult extends ProbeLosses {
  readonly name: string;
  readonly type: 'tcp-transaction';
  readonly mode: 'connect' | 'keep';
  readonly intervalUs: number;
  /** Connections that were opened, or tried. */
  readonly connections: number;
  /** From the beginning of a transaction to its response; of those that completed. */
  readonly longestTransactionUs: number;
  readonly transactionsPerSecond: number;
  /** From the SYN to the first packet of the response; null when no connection got that far. */
  readonly timeToFirstByte: {
    readonly minUs: number;
    readonly meanUs: number;
    readonly maxUs: number;
  } | null;
}

export class TransactionRoutes {
  readonly begin: Route<TcpTransactions>;
  readonly repeat: Route<TcpTransactions>;
  readonly timeout: Route<TcpTransactions>;

  constructor(simulation: Simulation) {
    this.begin = new Route(simulation, 'transaction.begin', (loop) => loop.begin());
    this.repeat = new Route(simulation, 'transaction.repeat', (loop) => loop.repeat());
    this.timeout = new Route(simulation, 'transaction.timeout', (loop) => loop.fail());
  }
}

/** A connection; it has been open since its SYN was answered. */
interface Connection {
  readonly flow: number;
  readonly synUs: number;
  phase: 'opening' | 'open';
  sequence: number;
  repetitions: number;
  firstByte: boolean;
}

export class TcpTransactions implements Conversation {
  readonly #simulation: Simulation;
  readonly #routes: TransactionRoutes;
  readonly #number: number;
  readonly #traffic: Traffic;
  readonly #source: Endpoint;
  readonly #settings: TransactionSettings;
  readonly #log = new OutageLog();
  #connection: Connection | null = null;
  /** When the transaction under way began; null between two. */
  #begunUs: number | null = null;
  #repetition: Handle = 0;
  #timeout: Handle = 0;
  #sent = 0;
  #completed = 0;
  #failed = 0;
  #connections = 0;
  #longestUs = 0;
  #lastCompletedUs = 0;
  #longestGapUs = 0;
  readonly #firstBytes = { count: 0, sumUs: 0, minUs: Number.MAX_SAFE_INTEGER, maxUs: 0 };

  constructor(
    simulation: Simulation,
    routes: TransactionRoutes,
    traffic: Traffic,
    source: Endpoint,
    settings: TransactionSettings,
  ) {
    this.#simulation = simulation;
    this.#routes = routes;
    this.#number = routes.begin.add(this);
    routes.repeat.add(this);
    routes.timeout.add(this);
    this.#traffic = traffic;
    this.#source = source;
    this.#settings = settings;
  }

  start(): void {
    this.#routes.begin.schedule(0, this.#number);
  }

  begin(): void {
    this.#sent += 1;
    this.#begunUs = this.#simulation.nowUs;
    this.#timeout = this.#routes.timeout.schedule(this.#settings.timeoutUs, this.#number);
    if (this.#connection === null) this.#connect();
    else this.#request(this.#connection);
  }

  #connect(): void {
    this.#connections += 1;
    const flow = this.#traffic.open(this);
    const synUs = this.#simulation.nowUs;
    this.#connection = { flow, synUs, phase: 'opening', sequence: 1, repetitions: 0, firstByte: false };
    this.#transmit(this.#connection);
  }

  #request(connection: Connection): void {
    connection.sequence += 1;
    connection.repetitions = 0;
    this.#transmit(connection);
  }

  #transmit(connection: Connection): void {
    const { phase, repetitions } = connection;
    const waitUs = rtoUs(this.#settings.tcp, phase, repetitions);
    this.#repetition = this.#routes.repeat.schedule(waitUs, this.#number);
    this.#send(connection, phase === 'opening' ? FLAG.syn : 0);
  }

  #send({ flow, sequence }: Connection, flag: number): void {
    const { port } = this.#settings;
    const options = { flow, sequence, port, flags: flag | FLAG.toServer };
    const { ip } = this.#source;
    this.#source.send(makeFrame(FRAME.tcp, 0, 0, ip, this.#settings.targetIp, options));
  }

  /** Nothing was acknowledged in time: once more, or the connection is given up. */
  repeat(): void {
    const connection = this.#connection;
    if (connection === null) return;
    if (connection.repetitions >= mostRepetitions(this.#settings.tcp, connection.phase)) return this.fail();
    connection.repetitions += 1;
    this.#transmit(connection);
  }

  answered(frame: Frame): void {
    const connection = this.#connection;
    if (connection === null || this.#begunUs === null) return;
    if (frame.flow !== connection.flow || frame.sequence !== connection.sequence) return;
    this.#simulation.cancel(this.#repetition);
    if (connection.phase === 'open') return this.#complete(connection, this.#begunUs);
    connection.phase = 'open';
    this.#request(connection);
  }

  #complete(connection: Connection, begunUs: number): void {
    const { nowUs } = this.#simulation;
    this.#completed += 1;
    this.#longestUs = Math.max(this.#longestUs, nowUs - begunUs);
    this.#longestGapUs = Math.max(this.#longestGapUs, nowUs - this.#lastCompletedUs);
    this.#lastCompletedUs = nowUs;
    this.#log.received(begunUs, nowUs);
    this.#firstByte(connection);
    if (this.#settings.mode === 'connect') {
      this.#send({ ...connection, sequence: connection.sequence + 1 }, FLAG.fin);
      this.#drop(connection);
    }
    this.#next(begunUs);
  }

  #firstByte(connection: Connection): void {
    if (connection.firstByte) return;
    connection.firstByte = true;
    const tookUs = this.#simulation.nowUs - connection.synUs;
    const bytes = this.#firstBytes;
    bytes.count += 1;
    bytes.sumUs += tookUs;
    bytes.minUs = Math.min(bytes.minUs, tookUs);
    bytes.maxUs = Math.max(bytes.maxUs, tookUs);
  }

  /** The time of the transaction is up, or TCP has given its connection up. */
  fail(): void {
    if (this.#begunUs === null || this.#connection === null) return;
    this.#failed += 1;
    this.#log.lost(this.#begunUs);
    this.#simulation.cancel(this.#repetition);
    this.#drop(this.#connection);
    this.#next(this.#begunUs);
  }

  #drop({ flow }: Connection): void {
    this.#traffic.close(flow);
    this.#connection = null;
  }

  #next(begunUs: number): void {
    this.#simulation.cancel(this.#timeout);
    this.#begunUs = null;
    const dueUs = begunUs + this.#settings.intervalUs;
    this.#routes.begin.schedule(Math.max(0, dueUs - this.#simulation.nowUs), this.#number);
  }

  result(): TransactionResult {
    const { nowUs } = this.#simulation;
    const { name, mode, intervalUs, timeoutUs } = this.#settings;
    const { count, sumUs, minUs, maxUs } = this.#firstBytes;
    return {
      name,
      type: 'tcp-transaction',
      mode,
      intervalUs,
      sent: this.#sent,
      received: this.#completed,
      lost: this.#failed,
      longestGapUs: Math.max(this.#longestGapUs, nowUs - this.#lastCompletedUs),
      // While they fail, transactions follow each other at their timeout if that is longer.
      lossDerivedUs: this.#failed * Math.max(intervalUs, timeoutUs),
      ...this.#log.result(nowUs),
      connections: this.#connections,
      longestTransactionUs: this.#longestUs,
      transactionsPerSecond: nowUs === 0 ? 0 : Math.round((this.#completed * 1e3 * SECOND_US) / nowUs) / 1e3,
      timeToFirstByte: count === 0 ? null : { minUs, meanUs: Math.round(sumUs / count), maxUs },
    };
  }
}
