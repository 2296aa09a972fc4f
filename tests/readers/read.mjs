// Hands JUnit files to readers as they are used elsewhere, and prints what each understood:
//   node read.mjs NODE_MODULES FILE...   ->   {FILE: {READER: {cases: [[class, name, status, text]...], ...}}}
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

const [modules, ...files] = process.argv.slice(2)
const at = place => path.join(modules, ...place.split('/'))
const load = place => import(pathToFileURL(at(place)))
console.log = console.warn = () => {}  // readers talk
const list = thing => thing === undefined ? [] : Array.isArray(thing) ? thing : [thing]

const { parse: junit2json } = await load('junit2json/dist/esm/index.js')
const { default: xunitViewer } = await load('xunit-viewer/src/cli/parse.js')
const { default: describe } = await load('xunit-viewer/src/cli/get-description.js')
const { convertJUnitToCTRFReport } = await load('junit-to-ctrf/dist/index.js')
const { junitXml } = await load('@allurereport/reader/dist/index.js')
const { BufferResultFile } = await load('@allurereport/reader-api/dist/index.js')
const resultsParser = createRequire(at('test-results-parser/x.js'))(at('test-results-parser/src/index.js'))

const readers = {
  async junit2json (file, text) {
    const { testsuite } = await junit2json(text)
    const cases = list(testsuite).flatMap(suite => suite.testcase).map(one => {
      const status = ['failure', 'error', 'skipped'].find(key => one[key]) ?? 'passed'
      return [one.classname, one.name, status, one[status]?.[0].message ?? '', one[status]?.[0].inner ?? '']
    })
    const counts = list(testsuite).map(({ name, tests, failures, errors, skipped }) => [name, tests, failures, errors, skipped])
    return { cases, counts }
  },

  async 'xunit-viewer' (file, text) {
    const { suites } = await xunitViewer(text)
    const cases = Object.values(suites).flatMap(suite => Object.values(suite.tests))
    const output = Object.fromEntries(Object.values(suites).map(suite => [suite.name, suite.systemOut.join('\n')]))
    return { cases: cases.map(one => [one.classname, one.name, one.status, one.messages.join('\n')]), says: describe({ suites }), output }
  },

  async 'junit-to-ctrf' (file) {
    const { results } = await convertJUnitToCTRFReport(file)
    return {
      cases: results.tests.map(one => [one.suite.join('.'), one.name, one.status, one.message ?? '']),
      summary: results.summary,
      places: results.tests.map(one => one.filePath ?? '')
    }
  },

  async 'test-results-parser' (file) {
    const { result, errors } = resultsParser.parseV2({ type: 'junit', files: [file] })
    const cases = result.suites.flatMap(suite => suite.cases.map(one => [suite.name, one.name, one.status, one.failure]))
    const { total, passed, failed, errors: broken, skipped, status } = result
    return { cases, errors, totals: { total, passed, failed, errors: broken, skipped, status }, metadata: result.suites.flatMap(suite => suite.cases.map(one => one.metadata)) }
  },

  async allure (file, text) {
    const cases = []
    const visitor = {
      async visitTestResult (one) {
        const suite = one.labels.find(label => label.name === 'testClass').value
        cases.push([suite, one.name, one.status, one.message ?? '', one.fullName])
      },
      async visitAttachmentFile () {}
    }
    return { read: await junitXml.read(visitor, new BufferResultFile(Buffer.from(text), path.basename(file))), cases }
  }
}

const found = {}
for (const file of files) {
  const text = fs.readFileSync(file, 'utf8')
  found[file] = {}
  for (const [name, read] of Object.entries(readers)) found[file][name] = await read(file, text)
}
process.stdout.write(JSON.stringify(found))
