import { defineConfig } from 'vite';

// The viewer of a report page: one script and one style sheet, which the command puts into the page.
export default defineConfig({
  logLevel: 'warn',
  root: 'src/viewer',
  build: {
    outDir: '../../dist/viewer',
    emptyOutDir: true,
    target: 'es2022',
    lib: {
      entry: 'main.tsx',
      formats: ['iife'],
      name: 'hasim',
      fileName: () => 'viewer.js',
      cssFileName: 'viewer',
    },
  },
});
