import { chmodSync } from 'node:fs';
import { defineConfig } from 'vite';

// The command line as a few files instead of hundreds: node spends its start-up on opening modules, and people wait for it.
// The library beside it is what tsc emits.
export default defineConfig({
  logLevel: 'warn',
  // npm makes the command executable once, when it links it; a build after that has to keep it so.
  plugins: [{ name: 'executable-command', closeBundle: () => chmodSync('dist/cli/main.js', 0o755) }],
  // Piscina opens a file of its own; the others are read only by who asks for what they do.
  ssr: {
    noExternal: true,
    external: [
      'piscina',
      'cephes',
      'hdr-histogram-js',
      'junit-report-builder',
      '@observablehq/plot',
      'linkedom',
    ],
  },
  build: {
    ssr: true,
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: true,
    sourcemap: true,
    rolldownOptions: {
      input: { main: 'src/cli/main.ts', start: 'src/cli/start.ts', worker: 'src/sweep/worker.ts' },
      output: { chunkFileNames: '[name]-[hash].js' },
    },
  },
});
