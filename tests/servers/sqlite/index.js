/**
 * Stands in for better-sqlite3, which would have to be compiled or to fetch a binary: the same few calls, on the SQLite that Node brings along. What the personal
 * data server and the query builder beneath it call is here, nothing else.
 */
import { DatabaseSync } from 'node:sqlite'

/** better-sqlite3 takes the values one by one or as a list; booleans are none of SQLite's. */
const values = given => given.flat()

class Statement {
  constructor(statement) {
    this.statement = statement
    this.reader = statement.columns().length > 0
  }

  all(...given) { return this.statement.all(...values(given)) }
  get(...given) { return this.statement.get(...values(given)) }
  run(...given) { return this.statement.run(...values(given)) }
  iterate(...given) { return this.statement.iterate(...values(given)) }
}

export default class Database {
  constructor(path, { timeout = 5000 } = {}) { this.db = new DatabaseSync(path, { timeout }) }
  prepare(sql) { return new Statement(this.db.prepare(sql)) }
  pragma(words) { return this.db.prepare(`PRAGMA ${words}`).all() }
  exec(sql) { this.db.exec(sql); return this }
  close() { if (this.db.isOpen) this.db.close() }
}
