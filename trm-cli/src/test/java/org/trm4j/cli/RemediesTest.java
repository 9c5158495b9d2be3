package org.trm4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message that advises something advises what works. */
class RemediesTest {
  private static final String FOUR = "1.3..4.22.4..3.1";

  @TempDir private Path folder;

  @BeforeEach
  void writesFiles() throws IOException {
    Files.createDirectories(folder.resolve("full"));
    write("four.txt", FOUR + "\n");
    write("zero.txt", "01..2..1..32.2.0\n");
    write("grid.csv", "question,answer\n1./.1,12/21\n2./.2,21/12\n");
    write("named.jsonl", "{\"walls\": \"####/#SG#/####\", \"way\": \"####/#SG#/####\"}\n");
    write(
        "pencil.jsonl",
        "{\"pid\": \"yajilin\", \"puzzlink_url\": \"http://puzz.link/p?yajilin/8/8/42j\"}\n");
    write("written.jsonl", "{\"question\": \"1./.1\", \"answer\": \"12/21\"}\n");
    write("full/kept.txt", FOUR + "\n");
    write("open.txt", "S" + " ".repeat(142) + "G\n");
    write("comment.csv", "unclear,header\n" + FOUR + ",\n");
    Files.createDirectories(folder.resolve("tasks"));
    String pair = "{\"input\": [[1]], \"output\": [[2]]}";
    write("tasks/a.json", "{\"train\": [" + pair + "], \"test\": [" + pair + "]}");
    write("unanswered.json", "{\"train\": [" + pair + "], \"test\": [{\"input\": [[1]]}]}");
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  /** The command that is refused, what it is told, and the same command as it was told to be. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0000',
      textBlock =
          """
          data build sudoku:size=4,train=4,test=1 --out @full | name a new folder | data build sudoku:size=4,train=4,test=1 --out @new
          data build sudoku:size=4,train=endless,test=1 --out @built | ask for a number of them, such as train=1000 | data build sudoku:size=4,train=5,test=1 --out @built
          data generate sudoku:size=4,train=endless,test=1 --out @listed | ask for a number of them, such as train=1000 | data generate sudoku:size=4,train=5,test=1 --out @listed
          data info maze:size=5,train=3,test=1,minPath=24 | ask for a shorter one, or fewer loops | data info maze:size=5,train=3,test=1,minPath=4
          data info maze:size=6,train=3,test=1,minPath=24,walls=60 | or walls nearer to 37 | data info maze:size=6,train=3,test=1,minPath=10,walls=37
          data info maze:size=6,train=3,test=1,minPath=4,walls=30,loops=5 | give one of the two | data info maze:size=6,train=3,test=1,minPath=4,walls=30
          data info sudoku:size=4,train=5,test=1,minRating=50 | ask for another rating or other givens | data info sudoku:size=4,train=5,test=1
          data info sudoku:@four.txt?sample=1 | write ?split=train | data info sudoku:@four.txt?sample=1,split=train
          data build sudoku:@four.txt --augmentations 2 --out @aug | name the file train*, or write ?split=train | data build sudoku:@four.txt?split=train --augmentations 2 --out @aug
          data info maze:size=3,train=500,test=1 | ask for fewer | data info maze:size=3,train=1,test=1
          data info sudoku:@zero.txt | write ?symbols=0-F or ?symbols=1-G | data info sudoku:@zero.txt?symbols=1-G
          data info maze:@open.txt | write ?size=12x12 | data info maze:@open.txt?size=12x12
          data info maze:@named.jsonl | ?question=NAME,answer=NAME | data info maze:@named.jsonl?question=walls,answer=way
          data info @named.jsonl | or name them: sudoku, maze or grid:FILE?question=NAME,answer=NAME | data info maze:@named.jsonl?question=walls,answer=way
          data info @pencil.jsonl | {"question": "12./...", "answer": "123/..."} and name them grid:FILE | data info grid:@written.jsonl
          data info @grid.csv | write ID:@grid.csv with one of | data info grid:@grid.csv
          data info sudoku:@comment.csv | ?question=NAME,answer=NAME | data info sudoku:@comment.csv?question=unclear
          data info arc:@unanswered.json | ?solutions=optional takes it | data info arc:@unanswered.json?solutions=optional
          data info arc | give a file or folder | data info arc:@tasks
          data info grid | give a file or folder | data info grid:@grid.csv
          data info @grid.csv | is read as grid:PATH | data info grid:@grid.csv
          train --data 0.5*sudoku:size=4,train=8,test=2 --config demo --steps 1 --out @run | or leave it out | train --data sudoku:size=4,train=8,test=2 --config demo --steps 1 --out @run
          """)
  void whatIsAdvisedWorks(String refused, String told, String advised) {
    Run first = Run.of((Object[]) words(refused));
    assertThat(first.code()).as(first.out()).isEqualTo(2);
    assertThat(first.err())
        .startsWith("trm: ")
        .hasLineCount(1)
        .contains(told.replace("@", folder + "/"));
    Run second = Run.of((Object[]) words(advised));
    assertThat(second.code()).as(second.err()).isZero();
    assertThat(second.out()).isNotEmpty();
  }

  private String[] words(String command) {
    return command.replace("@", folder + "/").split(" ");
  }

  /** Each kind of file says what would make it readable. */
  @ParameterizedTest
  @CsvSource({
    "BZh91AY, is compressed by bzip2; unpack it, or use gzip",
    "\u00fd7zXZ, is compressed by xz; unpack it, or use gzip",
    "Rar!, is a rar archive; unpack it",
    "'PK\u0003\u0004', is a zip archive; unpack it",
    "'{\\rtf1', is a document in RTF; save it as plain text",
    "PAR1, is a Parquet file; save it as CSV",
    "ARROW1, is an Arrow file; save it as CSV",
    "'(\u00b5/\u00fd', is compressed by zstd; unpack it, or use gzip",
    "'7z\u00bc\u00af', is a 7z archive; unpack it",
    "'\u0093NUMPY', is a numpy array; give the builder's folder with dataset.json, or save it as CSV",
    "'\u0080\u0004', is a Python pickle, which is not read, as it can run code; save it as JSON or CSV",
    "'\u0089HDF', is an HDF5 file; save it as CSV",
    "SQLite format 3, is an SQLite database; export the table as CSV",
    "%PDF, is a PDF; copy the puzzles out of it into a text file",
    "'\u00ff\u00fe\u0000\u0000', is text in UTF-32; save it in UTF-8",
  })
  void filesOfOtherKindsSayWhatToDo(String start, String told) throws IOException {
    Path file = folder.resolve("file");
    byte[] bytes = new byte[64];
    for (int i = 0; i < start.length(); i++) {
      bytes[i] = (byte) start.charAt(i);
    }
    Files.write(file, bytes);
    Run run = Run.of("data", "info", "sudoku:" + file);
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).hasLineCount(1).contains(told);
  }

  /** A bare container has the C locale, in which names with accents cannot be read. */
  @Test
  @EnabledOnOs(OS.LINUX) // elsewhere the locale does not decide how names are read
  void namesWithAccentsNeedALocaleThatKnowsThem() throws Exception {
    for (String command :
        new String[] {
          "data info \"sudoku:$name/four.txt\"",
          "data build sudoku:size=4,train=4,test=1 --out $name/built"
        }) {
      Run refused = inLocale("C", command);
      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains("names of files are read in", "set LC_ALL=C.UTF-8");
      Run read = inLocale("C.UTF-8", command);
      assertThat(read.code()).as(read.err()).isZero();
    }
  }

  /** The shell makes the name, as this JVM may not be able to say it either. */
  private Run inLocale(String locale, String command) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
                "sh",
                "-c",
                "name=$(printf 'caf\\303\\251'); mkdir -p $name; cp four.txt $name/; \"$0\" -XX:TieredStopAtLevel=1 -cp \"$1\" "
                    + TrmMain.class.getName()
                    + " "
                    + command,
                java,
                System.getProperty("java.class.path"))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), "", said);
  }

  @Test
  void gzipIsRead() throws IOException {
    Path file = folder.resolve("four.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write((FOUR + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(Run.of("data", "info", "sudoku:" + file).code()).isZero();
  }
}
