package im.pair.jdbc;

/**
 * The statements, in the SQL that SQLite and PostgreSQL share. Each finds its rows by an index:
 * none does more as the logs grow.
 */
final class Sql {
  private Sql() {}

  static final String EPOCH = "SELECT epoch FROM store";
  static final String INSERT_EPOCH = "INSERT INTO store (epoch) VALUES (?)";
  static final String UPDATE_EPOCH = "UPDATE store SET epoch = ?";
  static final String TRY_TO_WRITE = "UPDATE store SET epoch = epoch";

  // A pair, and how far its two members have come.

  static final String PAIR =
      """
      SELECT p.id, p.head, p.at, f.delivered, f.read, s.delivered, s.read
      FROM pair p
      JOIN member f ON f.user_id = p.first AND f.peer = p.second
      JOIN member s ON s.user_id = p.second AND s.peer = p.first
      WHERE p.first = ? AND p.second = ?""";
  static final String INSERT_PAIR =
      "INSERT INTO pair (first, second, head, at, last) VALUES (?, ?, 0, 0, 0) RETURNING id";
  static final String INSERT_MEMBER =
      "INSERT INTO member (user_id, peer, pair, at, delivered, read) VALUES (?, ?, ?, 0, 0, 0)";
  static final String ADVANCE_PAIR = "UPDATE pair SET head = ?, at = ? WHERE id = ?";
  static final String NEWEST_MESSAGE = "UPDATE pair SET last = ? WHERE id = ?";
  static final String ADVANCE_MEMBER = "UPDATE member SET at = ? WHERE user_id = ? AND peer = ?";
  static final String MARK =
      "UPDATE member SET delivered = ?, read = ? WHERE user_id = ? AND peer = ?";
  static final String NEXT_MEMBER =
      """
      SELECT m.peer, p.id, p.head
      FROM member m JOIN pair p ON p.id = m.pair
      WHERE m.user_id = ? AND m.peer > ? ORDER BY m.peer LIMIT 1""";

  // Entries.

  static final String DUPLICATE =
      "SELECT seq, at FROM entry WHERE pair = ? AND sender = ? AND id = ?";
  static final String TARGET =
      "SELECT kind, sender, edited, deleted, body FROM entry WHERE pair = ? AND seq = ?";
  static final String INSERT_ENTRY =
      """
      INSERT INTO entry (pair, seq, sender, id, at, kind, of_seq, body, data, edited, deleted)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)""";
  static final String EDIT = "UPDATE entry SET body = ?, edited = 1 WHERE pair = ? AND seq = ?";
  static final String FIRST_REACTS =
      "UPDATE entry SET first_reaction = ? WHERE pair = ? AND seq = ?";
  static final String SECOND_REACTS =
      "UPDATE entry SET second_reaction = ? WHERE pair = ? AND seq = ?";

  private static final String BLANK =
      """
      UPDATE entry SET body = NULL, data = NULL, edited = 0, deleted = 1,
      first_reaction = NULL, second_reaction = NULL
      """;
  static final String BLANK_MESSAGE = BLANK + "WHERE pair = ? AND seq = ?";
  static final String BLANK_EDITS = BLANK + "WHERE pair = ? AND of_seq = ? AND kind = 'edit'";

  // The words: of a message with its edits, and of a user in a part of a log.

  static final String INSERT_WORDS = "INSERT INTO words (text) VALUES (?) RETURNING id";
  static final String WORDS_OF_MESSAGE =
      """
      SELECT body FROM entry WHERE pair = ? AND seq = ?
      UNION ALL SELECT data FROM entry WHERE pair = ? AND seq = ?
      UNION ALL SELECT body FROM entry WHERE pair = ? AND of_seq = ? AND kind = 'edit'""";
  static final String WORDS_OF_USER =
      """
      SELECT body FROM entry WHERE pair = ? AND seq BETWEEN ? AND ? AND sender = ?
      UNION ALL SELECT data FROM entry WHERE pair = ? AND seq BETWEEN ? AND ? AND sender = ?
      UNION ALL SELECT body FROM entry
      WHERE pair = ? AND of_seq BETWEEN ? AND ? AND kind = 'edit' AND sender = ?""";

  // Erasing a user in a part of a log.

  static final String BLANK_MESSAGES_OF_USER =
      BLANK
          + "WHERE pair = ? AND seq BETWEEN ? AND ? AND sender = ? AND kind IN ('message', 'edit')";
  static final String BLANK_EDITS_OF_USER =
      BLANK + "WHERE pair = ? AND of_seq BETWEEN ? AND ? AND kind = 'edit' AND sender = ?";
  static final String BLANK_REACTIONS_OF_USER =
      """
      UPDATE entry SET body = NULL
      WHERE pair = ? AND seq BETWEEN ? AND ? AND sender = ? AND kind = 'react'""";
  static final String FIRST_TAKES_BACK =
      """
      UPDATE entry SET first_reaction = NULL
      WHERE pair = ? AND seq BETWEEN ? AND ? AND first_reaction IS NOT NULL""";
  static final String SECOND_TAKES_BACK =
      """
      UPDATE entry SET second_reaction = NULL
      WHERE pair = ? AND seq BETWEEN ? AND ? AND second_reaction IS NOT NULL""";

  // Reading.

  private static final String ENTRY =
      """
      e.seq, e.sender, e.id, e.at, e.kind, e.of_seq, e.edited, e.deleted,
      e.body, b.text, e.data, d.text, e.first_reaction, f.text, e.second_reaction, s.text
      """;
  private static final String ITS_WORDS =
      """
      LEFT JOIN words b ON b.id = e.body
      LEFT JOIN words d ON d.id = e.data
      LEFT JOIN words f ON f.id = e.first_reaction
      LEFT JOIN words s ON s.id = e.second_reaction
      """;
  static final String ENTRIES_UP =
      "SELECT "
          + ENTRY
          + "FROM entry e "
          + ITS_WORDS
          + "WHERE e.pair = ? AND e.seq >= ? ORDER BY e.seq LIMIT ?";
  static final String ENTRIES_DOWN =
      "SELECT "
          + ENTRY
          + "FROM entry e "
          + ITS_WORDS
          + "WHERE e.pair = ? AND e.seq <= ? ORDER BY e.seq DESC LIMIT ?";

  /** The bound on the time alone lets the index find the place; the rest picks among equals. */
  static final String CONVERSATIONS =
      """
      SELECT m.peer, m.at, p.head, m.delivered, m.read, o.delivered, o.read,
      (SELECT count(*) FROM (
        SELECT 1 FROM entry u
        WHERE u.pair = m.pair AND u.sender = m.peer AND u.seq > m.read
        AND u.kind = 'message' AND u.deleted = 0 LIMIT ?) AS some),
      """
          + ENTRY
          + """
          FROM member m
          JOIN pair p ON p.id = m.pair
          JOIN member o ON o.user_id = m.peer AND o.peer = m.user_id
          LEFT JOIN entry e ON e.pair = p.id AND e.seq = p.last
          """
          + ITS_WORDS
          + """
          WHERE m.user_id = ? AND m.at <= ? AND (m.at < ? OR m.peer > ?)
          ORDER BY m.at DESC, m.peer LIMIT ?""";

  // Who was last seen when.

  static final String SEEN = "SELECT at FROM seen WHERE user_id = ?";
  static final String SEE =
      """
      INSERT INTO seen (user_id, at) VALUES (?, ?)
      ON CONFLICT (user_id) DO UPDATE SET at = excluded.at WHERE excluded.at > seen.at""";
  static final String FORGET_SEEN = "DELETE FROM seen WHERE user_id = ?";
}
