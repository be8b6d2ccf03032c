import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/** Opens the JDBC URL of the first line of its input, with the password of the second one if there is one. */
final class JdbcClient {
  public static void main(String[] args) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in));
    var url = input.readLine();
    var token = input.readLine();
    var properties = new Properties();
    if (token != null) properties.setProperty("password", token);
    try (var connection = DriverManager.getConnection(url, properties);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(System.getenv("QUESTION"))) {
      rows.next();
      System.out.println(rows.getString(1));
    } catch (SQLException refusal) {
      for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
        System.err.println(cause.getMessage());
      }
      System.exit(1);
    }
  }
}
