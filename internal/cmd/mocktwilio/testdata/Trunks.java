// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;

/** Lists trunks with both of Java's own clients. */
public class Trunks {
    public static void main(String[] arguments) throws Exception {
        String url = "https://trunking.twilio.com/v1/Trunks";
        String credentials = System.getenv("TWILIO_ACCOUNT_SID") + ":" + System.getenv("TWILIO_AUTH_TOKEN");
        String authorization = "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes());

        var connection = new URL(url).openConnection();
        connection.setRequestProperty("Authorization", authorization);
        System.out.println(new String(connection.getInputStream().readAllBytes()));

        var request = HttpRequest.newBuilder(URI.create(url)).header("Authorization", authorization).build();
        System.out.println(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body());
    }
}
