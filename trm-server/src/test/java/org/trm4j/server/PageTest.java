package org.trm4j.server;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page in a real Chromium: keyboard, mouse, drafts as they come, dark mode, phone width. */
@Tag("browser")
class PageTest {
  private static final LocatorAssertions.ContainsTextOptions LONG =
      new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
  private static RunningServer server;
  private static Playwright playwright;
  private static Browser browser;

  private BrowserContext context;
  private Page page;
  private final List<String> requested = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();

  @BeforeAll
  static void start() {
    server =
        RunningServer.start(
            "trm.models[sudoku-6]=sudoku-6", "trm.models[tiny-maze]=classpath:maze-5.safetensors");
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    String chromium = System.getenv().getOrDefault("TRM_CHROMIUM", "/usr/bin/chromium");
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(Path.of(chromium))
                    .setArgs(List.of("--no-sandbox")));
  }

  @AfterAll
  static void stop() {
    browser.close();
    playwright.close();
    server.close();
  }

  @BeforeEach
  void open() {
    open(new Browser.NewContextOptions().setViewportSize(1280, 900));
  }

  private void open(Browser.NewContextOptions options) {
    context = browser.newContext(options);
    context.setDefaultTimeout(60_000);
    page = context.newPage();
    page.onRequest(request -> requested.add(request.url()));
    page.onPageError(errors::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        errors.add(message.text());
      }
    });
    page.navigate(server.address() + "/");
    assertThat(cells("#question")).hasCount(16);
  }

  @AfterEach
  void leavesNoErrorsAndAsksNobodyElse() {
    context.close();
    assertThat(errors).isEmpty();
    assertThat(requested).isNotEmpty().allMatch(url -> url.startsWith(server.address() + "/"));
  }

  private Locator cells(String grid) {
    return page.locator(grid + " .cell");
  }

  private void shoot(String name) {
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(Path.of("target", "page", name + ".png"))
            .setFullPage(true));
  }

  @Test
  void solvesAPastedPuzzleAndReplaysIt() {
    page.getByLabel("As text").fill("3.1.\n4..2\n....\n...1");
    page.getByLabel("Stop", new Page.GetByLabelOptions().setExact(true)).selectOption("fixed");
    page.getByLabel("Steps at most").fill("4");
    page.getByLabel("Attempts").fill("3");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.locator("#status")).containsText("Verified after", LONG);
    assertThat(page.locator(".attempt")).hasCount(3);
    assertThat(page.locator(".attempt.chosen")).hasCount(1);
    Locator chosen = page.locator(".attempt.chosen");
    assertThat(String.join("", chosen.locator(".cell").allTextContents()))
        .isEqualTo(RunningServer.SOLUTION);
    assertThat(chosen.locator(".verdict")).containsText("Step 4: verified. Halting head");
    assertThat(page.locator("#curve polyline.head")).hasCount(3);
    assertThat(page.locator("#curve polyline.residual")).hasCount(3);
    assertThat(page.locator("#curve polyline.head").first().getAttribute("points").split(" "))
        .hasSize(4);

    page.getByLabel("Step", new Page.GetByLabelOptions().setExact(true)).fill("1");
    assertThat(chosen.locator(".verdict")).containsText("Step 1:");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Play")).click();
    assertThat(chosen.locator(".verdict")).containsText("Step 4:", LONG);
    shoot("solved");
  }

  /** A confidence of 0.5 in every draft is no opinion, and no curve. */
  @Test
  void drawsNoCurveWhereNoDraftHasAnOpinion() {
    String drawn =
        """
        async (confidence) => {
          const { draw } = await import('/curve.js');
          const svg = document.getElementById('curve');
          draw(svg, [[{ confidence, stateChange: 0.5 }, { confidence, stateChange: 0.25 }]], 1);
          return [svg.querySelectorAll('.head').length, svg.querySelectorAll('.residual').length].join();
        }
        """;
    assertThat(page.evaluate(drawn, 0.6)).isEqualTo("1,1");
    assertThat(page.evaluate(drawn, 0.5)).isEqualTo("0,1");
  }

  @Test
  void isFilledByTheKeyboard() {
    cells("#question").first().focus();
    page.keyboard().type("3.1.4..2");
    page.keyboard().press("ArrowUp");
    page.keyboard().press("End");
    page.keyboard().press("Backspace");
    assertThat(page.getByLabel("As text")).hasValue("3.1.4...........");
    page.keyboard().press("2");
    assertThat(page.getByLabel("As text")).hasValue("3.1.4..2........");
    assertThat(cells("#question").nth(7))
        .hasAttribute("aria-label", Pattern.compile("row 2, column 4: 2"));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).press("Enter");
    assertThat(page.locator("#status")).containsText("after", LONG);
  }

  @Test
  void isDrawnWithTheMouse() {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName("4")).click();
    BoundingBox from = cells("#question").nth(0).boundingBox();
    BoundingBox to = cells("#question").nth(3).boundingBox();
    page.mouse().move(from.x + 5, from.y + 5);
    page.mouse().down();
    page.mouse().move(to.x + 5, to.y + 5, new Mouse.MoveOptions().setSteps(12));
    page.mouse().up();
    assertThat(page.getByLabel("As text")).hasValue("4444............");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("4", LONG);
    errors.removeIf(error -> error.contains("400"));
  }

  @Test
  void generatesPuzzlesAndFollowsTheSizeOfText() {
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Generate")).click();
    assertThat(page.getByLabel("As text")).hasValue(Pattern.compile("[.1-4]{16}"));
    page.getByLabel("As text").fill(".6.14..1...6....2.2...533...........");
    assertThat(cells("#question")).hasCount(36);
    assertThat(page.getByLabel("Model")).hasValue("sudoku-6");
    page.getByLabel("As text").fill("12");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("2 characters; expected 16, 36, 25");
    page.getByLabel("As text").fill("x...............");
    assertThat(page.getByRole(AriaRole.ALERT)).containsText("Character 1 is 'x'");
  }

  private void brush(String name) {
    page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(name).setExact(true))
        .click();
  }

  /** Draws from one cell to another, in one row or column. */
  private void draw(int first, int last) {
    BoundingBox from = cells("#question").nth(first).boundingBox();
    BoundingBox to = cells("#question").nth(last).boundingBox();
    page.mouse().move(from.x + from.width / 2, from.y + from.height / 2);
    page.mouse().down();
    page.mouse()
        .move(to.x + to.width / 2, to.y + to.height / 2, new Mouse.MoveOptions().setSteps(20));
    page.mouse().up();
  }

  private void drawMaze() {
    page.getByLabel("Model").selectOption("tiny-maze");
    assertThat(cells("#question")).hasCount(25);
    brush("wall");
    draw(5, 8);
    draw(15, 18);
    brush("start");
    draw(10, 10);
    draw(0, 0);
    brush("goal");
    draw(14, 14);
  }

  /** A stroke draws a wall; a maze has one start, which moves where it is drawn again. */
  @Test
  void solvesAMazeThatIsDrawnWithTheMouse() {
    drawMaze();
    assertThat(page.getByLabel("As text")).hasValue("S    \n#### \n    G\n#### \n     ");
    assertThat(page.getByRole(AriaRole.RADIO)).hasCount(4);
    shoot("maze-drawn");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.locator("#status")).containsText("Verified after", LONG);
    Locator chosen = page.locator(".attempt.chosen");
    assertThat(String.join("", chosen.locator(".cell").allTextContents())).isEqualTo("SoooooG");
    assertThat(chosen.locator(".cell.filled")).hasCount(8);
    shoot("maze-solved");
  }

  @Test
  void readsMazesAsTheyArePasted() {
    page.getByLabel("Model").selectOption("tiny-maze");
    Locator text = page.getByLabel("As text");
    text.fill("S\n####\n\n ####\n    G\n");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("");
    assertThat(page.locator("#question .cell.filled")).hasCount(8);
    text.fill("....S####......####.G....");
    assertThat(page.getByRole(AriaRole.ALERT)).hasText("");
    assertThat(cells("#question").nth(4)).hasText("S");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Generate")).click();
    assertThat(text).hasValue(Pattern.compile("([# SG]{5}\n){4}[# SG]{5}"));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.locator("#status")).containsText("after", LONG);
  }

  @Test
  void drawsAMazeOnAPhoneInTheDark() {
    context.close();
    open(
        new Browser.NewContextOptions().setViewportSize(360, 740).setColorScheme(ColorScheme.DARK));
    drawMaze();
    page.getByLabel("Attempts").fill("2");
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.locator("#status")).containsText("after", LONG);
    fitsThePhone();
    shoot("maze-phone-dark");
  }

  private void fitsThePhone() {
    Object width = page.evaluate("document.documentElement.scrollWidth");
    assertThat(((Number) width).intValue()).as("no sideways scrolling").isLessThanOrEqualTo(360);
  }

  @Test
  void fitsAPhoneAndTheDark() {
    context.close();
    open(
        new Browser.NewContextOptions().setViewportSize(360, 740).setColorScheme(ColorScheme.DARK));
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Generate")).click();
    page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Solve")).click();
    assertThat(page.locator("#status")).containsText("after", LONG);
    fitsThePhone();
    Object ground = page.evaluate("getComputedStyle(document.body).backgroundColor");
    assertThat(ground).isEqualTo("rgb(20, 23, 26)");
    String asked = page.getByLabel("As text").inputValue();
    List<String> answer = page.locator(".attempt.chosen .cell").allTextContents();
    for (int cell = 0; cell < 16; cell++) {
      assertThat(asked.charAt(cell) == '.' || answer.get(cell).charAt(0) == asked.charAt(cell))
          .as("%s %s", asked, answer)
          .isTrue();
    }
    shoot("phone-dark");
  }

  @Test
  void namesEverythingForScreenReaders() {
    Object nameless =
        page.evaluate(
            "[...document.querySelectorAll('button, select, input, textarea, a, [role=grid],"
                + " [role=gridcell], [role=radio], svg[role=img]')].filter(e =>"
                + " !(e.getAttribute('aria-label') || e.textContent.trim() || (e.labels &&"
                + " e.labels.length))).map(e => e.outerHTML)");
    assertThat((List<?>) nameless).isEmpty();
    assertThat(page.locator("html")).hasAttribute("lang", "en");
    assertThat(page.getByRole(AriaRole.GRID, new Page.GetByRoleOptions().setName("Puzzle")))
        .isVisible();
    assertThat(page.getByRole(AriaRole.RADIOGROUP)).isVisible();
  }
}
