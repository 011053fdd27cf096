// The package has declarations that its `exports` do not lead to; these are of what we use.
declare module 'cephes' {
  const cephes: {
    readonly compiled: Promise<void>;
    incbi(a: number, b: number, p: number): number;
    stdtri(degrees: number, p: number): number;
    chdtri(degrees: number, tail: number): number;
    bdtr(k: number, n: number, p: number): number;
  };
  export default cephes;
}
